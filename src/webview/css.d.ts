/** Style sheets that the bundle gathers into `webview.css`. */
declare module '*.css';
