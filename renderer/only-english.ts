import type { Plugin } from 'vite';

/** React Aria's own words in one other language, such as `…/intl/menu/da-DK.mjs`. */
const OTHER_LANGUAGE = /\/intl\/[^/]+\/(?!en-US)[a-z]{2}-[A-Z]{2}\.m?js$/;
const NOTHING = '\0no-words';

/**
 * Leaves React Aria's words in other languages out of the page: App asks for en-US, as all our words are English,
 * and they would be a fifth of the script.
 */
export function onlyEnglish(): Plugin {
  return {
    name: 'accession:only-english',
    enforce: 'pre',
    resolveId: {
      filter: { id: OTHER_LANGUAGE },
      handler: () => NOTHING,
    },
    load: (id) => (id === NOTHING ? 'export default {};' : null),
  };
}
