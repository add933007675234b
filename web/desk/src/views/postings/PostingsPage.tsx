import { Route, Routes } from 'react-router';

import { Review } from './Review';
import './postings.css';

/** The review of postings: the queue, and one posting below `/postings/:id`. */
export default function PostingsPage() {
  return (
    <Routes>
      <Route index element={<Review />} />
      <Route path=":id" element={<Review />} />
    </Routes>
  );
}
