// Before the first paint: language and theme as they were chosen, so that nothing flashes.
(function () {
  var root = document.documentElement;
  try {
    var chosen = localStorage.getItem('itk-theme');
    var dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
    root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
    root.lang = localStorage.getItem('itk-language') || (/^ru\b/.test(navigator.language) ? 'ru' : 'en');
  } catch {
    root.setAttribute('data-mantine-color-scheme', 'light');
  }
})();
