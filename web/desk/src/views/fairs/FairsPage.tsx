import { Route, Routes } from 'react-router';

import { Review } from './Review';
import '../postings/postings.css';

/** The review of job fairs and talks: the queue, and one of them below `/fairs/:id`. */
export default function FairsPage() {
  return (
    <Routes>
      <Route index element={<Review />} />
      <Route path=":id" element={<Review />} />
    </Routes>
  );
}
