/** The document of a page: a script, three style sheets, and a policy that lets nothing else in. */
export interface PanelAssets {
  script: string;
  /** Of the page, then of the icons; parts of the page look for the second by its id. */
  styles: string;
  icons: string;
  /** What the editor serves our files from, as the policy names it. */
  source: string;
  /** Another one for each document. */
  nonce: string;
  /** Of what the person reads: a language tag. */
  language: string;
}

export function panelHtml({ script, styles, icons, source, nonce, language }: PanelAssets): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${source}`,
    `font-src ${source}`,
    `img-src ${source} data:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Imaginarium</title>
<link rel="stylesheet" href="${attribute(icons)}" id="vscode-codicon-stylesheet">
<link rel="stylesheet" href="${attribute(styles)}">
</head>
<body>
<script nonce="${attribute(nonce)}" src="${attribute(script)}"></script>
</body>
</html>
`;
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
