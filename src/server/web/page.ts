// The page that is shown when no other page is built in: where things are.

/** A file of the web page. */
export interface PageFile {
  readonly contentType: string;
  readonly body: string | Uint8Array;
}

/** Files of a web page by path, `/` for the page itself. */
export type Page = (path: string) => PageFile | undefined;

const endpoints: readonly (readonly [string, string])[] = [
  ['GET /api/view', 'resources, buttons and the newest logs, as one JSON document'],
  ['GET /api/logs', 'log lines as NDJSON: resource, level, source, since, tail, follow, search'],
  ['POST /api/trigger', '{"manifest_names": ["name"]} updates a resource'],
  ['POST /api/override/trigger_mode', '{"manifest_names": ["name"], "trigger_mode": 0} (0 auto, 1 manual)'],
  ['POST /api/set_tiltfile_args', '["arg", ...] replaces the arguments of the Tiltfile'],
  ['GET /api/snapshot/now', 'the view with its time, to be kept'],
  ['GET /ws/view?csrf=TOKEN', 'web socket: the view, then what changes; TOKEN from GET /api/websocket_token'],
];

/** A page without scripts: it says that the terminal has it all, and what programs can ask for. */
export const plainPage: Page = path => {
  if (path !== '/') return undefined;
  const rows = endpoints
    .map(([what, text]) => `<tr><td><code>${escapeHtml(what)}</code><td>${escapeHtml(text)}`)
    .join('\n');
  return {
    contentType: 'text/html; charset=utf-8',
    body: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Tilt</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:3rem auto;padding:0 1rem}td{padding:.2rem 1rem .2rem 0;vertical-align:top}</style>
<h1>Tilt is running</h1>
<p>Everything is shown in the terminal that it was started in. Programs find it here; each request needs the token of
this user in the header <code>X-Tilt-Token</code> (a browser on this page has it as a cookie).</p>
<table>
${rows}
</table>
<p>All objects: <code>tilt get uiresources</code>, or kubectl with the file <code>config</code> of the state directory.</p>
</html>
`,
  };
};

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
