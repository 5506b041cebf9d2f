// @ts-check
// Loaded before Electron's own install script (`node --import …?answerMs=6000`), which sets no limit on how long a host may say nothing: behind a
// firewall that swallows packets a start would hang. Only the wait for an answer is limited; the download that follows may take its time.

const answerMs = Number(new URL(import.meta.url).searchParams.get('answerMs'));

if (answerMs > 0) {
  const fetchWithoutLimit = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(new Error(`no answer within ${answerMs} ms`)), answerMs);
    try {
      return await fetchWithoutLimit(input, { ...init, signal: limit.signal });
    } finally {
      clearTimeout(timer);
    }
  };
}
