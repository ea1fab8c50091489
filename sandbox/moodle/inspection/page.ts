import { pageScript } from './page-script.js';
import { pageStyle } from './page-style.js';

/** What the sandbox holds, for eyes: one page, nothing fetched from elsewhere. */
export const inspectionPage = `<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Moodle: песочница · sandbox</title>
<link rel="icon" href="data:,">
<style>${pageStyle}</style>
</head>
<body>
<header>
  <h1><span class="mark" aria-hidden="true">M</span><span data-t="title"></span></h1>
  <p class="lead" data-t="lead"></p>
  <div class="language" role="group" aria-label="Язык · Language">
    <button type="button" data-language="ru" lang="ru">Русский</button>
    <button type="button" data-language="en" lang="en">English</button>
  </div>
</header>
<section class="figures" id="figures" aria-live="polite"></section>
<nav id="tabs" role="tablist"></nav>
<main>
  <form class="bar" id="bar" role="search">
    <input type="search" id="q" autocomplete="off">
    <span class="filter" id="filter" hidden></span>
    <span class="grow"></span>
    <span class="total" id="total"></span>
    <button type="button" id="previous">‹</button>
    <span id="page"></span>
    <button type="button" id="next">›</button>
  </form>
  <div class="sheet" id="sheet"></div>
</main>
<script>${pageScript}</script>
</body>
</html>
`;
