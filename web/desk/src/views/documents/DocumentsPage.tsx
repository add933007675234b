import { Route, Routes } from 'react-router';

import { useSession } from '../../app/session';
import { DocumentList } from './DocumentList';
import { DocumentPage } from './DocumentPage';
import { UploadPage } from './UploadPage';
import './documents.css';

/** The policy documents: the list, one below `/documents/:id`, and a new one at `/documents/upload`. */
export default function DocumentsPage() {
  const { may } = useSession();
  return (
    <Routes>
      <Route index element={<DocumentList />} />
      {may('documents_manage') && <Route path="upload" element={<UploadPage />} />}
      <Route path=":id" element={<DocumentPage />} />
    </Routes>
  );
}
