// A page that modules of the screens find when Node runs them: what they ask of a browser while they load or keep time.

globalThis.window = /** @type {any} */ (globalThis);
