import { csrfToken } from './client';
import { failureOf, offline } from './failure';

/**
 * Sends a file as the body and brings what the server says of it; `told` hears the share that is sent, 0 to 1.
 *
 * By XMLHttpRequest, for fetch does not tell how far an upload is. Throws a `Failure` as `brought` does.
 */
export function upload<T>(address: string, query: Readonly<Record<string, string>>, file: File, told: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${address}?${new URLSearchParams(query).toString()}`);
    request.setRequestHeader('X-CSRF-Token', csrfToken());
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => told(total > 0 ? loaded / total : 1);
    request.onload = () => {
      const said = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(said as T);
      else reject(failureOf(request.status, said));
    };
    request.onerror = () => reject(offline());
    request.send(file);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
