// The line to copy, with the address of this very host.
const snippet = document.getElementById('snippet');
snippet.textContent = snippet.textContent.replace('https://职问主机', window.location.origin);
