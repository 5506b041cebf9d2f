/** The pages of somebody who is not signed in. No script: they work before anything of ours is trusted. */

export const SIGN_IN_PATH = '/sign-in';
export const NEW_LINK_PATH = '/sign-in/link';
export const STYLE_PATH = '/sign-in.css';

export const SIGN_IN_STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#f6f5f1, #16181c);
  color: light-dark(#1c1e22, #f0efec); }
main { width: min(26rem, calc(100vw - 3rem)); display: grid; gap: 1rem; }
h1, p { margin: 0; }
h1 { font-size: 1.5rem; }
form, label { display: grid; gap: .5rem; }
input, button { font: inherit; padding: .6rem .8rem; border-radius: .4rem; border: 1px solid light-dark(#6b7280, #9ca3af); }
input { background: light-dark(#fff, #22252b); color: inherit; }
button { background: light-dark(#1f4f8f, #a9c8f5); color: light-dark(#fff, #10131a); border-color: transparent; cursor: pointer; }
:focus-visible { outline: 3px solid light-dark(#1f4f8f, #a9c8f5); outline-offset: 2px; }
[role="alert"] { padding: .6rem .8rem; border-left: .3rem solid light-dark(#a4262c, #ffb3b3); }
`.trimStart();

/** `problem` is one of our own texts. */
export function passwordPage(problem: string | null): string {
  return page(
    'Sign in',
    `<h1>Accession</h1>
${alert(problem)}<form method="post" action="${SIGN_IN_PATH}">
<label>Password
<input type="password" name="password" autocomplete="current-password" required autofocus></label>
<button>Sign in</button>
</form>
<p>The password is the one that was set with <code>accession serve --set-password</code> on the server.</p>`,
  );
}

/** For a server that is signed in to by a link which it prints. */
export function linkPage(problem: string | null): string {
  return page(
    'Sign in',
    `<h1>Accession</h1>
${alert(problem)}<p>Open the address that Accession showed where it was started. It works once, in one browser.</p>
<form method="post" action="${NEW_LINK_PATH}"><button>Show a new address there</button></form>`,
  );
}

/**
 * Goes on to `path` from a page of our own. The browser leaves SameSite=Strict cookies out of a request that another
 * site or program began, redirects included; this page's own request has them.
 */
export function onwardPage(path: string): string {
  return page(
    'Opening',
    `<p><a href="${path}">Open Accession</a></p>`,
    `<meta http-equiv="refresh" content="0;url=${path}">\n`,
  );
}

function alert(problem: string | null): string {
  return problem === null ? '' : `<p role="alert">${problem}</p>\n`;
}

function page(title: string, main: string, head = ''): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Accession</title>
${head}<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`;
}
