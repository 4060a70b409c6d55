import assert from 'node:assert/strict';
import { panelHtml } from '../../../../src/extension/panel/panelHtml.ts';

describe('The document of a page', () => {
  const html = panelHtml({
    script: 'https://host/webview.js',
    styles: 'https://host/webview.css',
    icons: 'https://host/codicon.css?a=1&b="2"',
    source: "'self' https://*.vscode-cdn.net",
    nonce: 'abc',
    language: 'de',
  });

  it('lets in one script by its nonce, and styles, fonts and pictures of ours', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    assert.equal(
      policy,
      "default-src 'none'; script-src 'nonce-abc'; style-src 'self' https://*.vscode-cdn.net; " +
        "font-src 'self' https://*.vscode-cdn.net; img-src 'self' https://*.vscode-cdn.net data:",
    );
    assert.deepEqual(html.match(/<script[^>]*>/g), ['<script nonce="abc" src="https://host/webview.js">']);
    assert.doesNotMatch(html, /<style|style=|onload|javascript:/);
  });

  it('says its language, and lets no address end its attribute', () => {
    assert.match(html, /<html lang="de">/);
    assert.match(html, /codicon\.css\?a=1&amp;b=&quot;2&quot;" id="vscode-codicon-stylesheet"/);
  });
});
