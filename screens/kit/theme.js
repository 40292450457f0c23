// The remembered choice of light or dark. A classic script in the head, so that no page flashes in the wrong one.
(() => {
  const KEY = 'switchboard.theme';
  const root = document.documentElement;

  const read = () => {
    try {
      return localStorage.getItem(KEY) ?? 'system';
    } catch {
      return 'system';
    }
  };

  const apply = (choice) => {
    if (choice === 'light' || choice === 'dark') root.dataset.theme = choice;
    else delete root.dataset.theme;
  };

  apply(read());
  window.addEventListener('storage', (event) => {
    if (event.key === KEY) apply(read());
  });

  window.switchboardTheme = {
    /** 'system', 'light' or 'dark' */
    get: read,
    set(choice) {
      try {
        localStorage.setItem(KEY, choice);
      } catch {
        // The choice then lasts as long as the page.
      }
      apply(choice);
      window.dispatchEvent(new CustomEvent('switchboard-theme', { detail: choice }));
    },
  };
})();
