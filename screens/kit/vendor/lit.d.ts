// Types for editors and `tsc --checkJs`; they need the npm package `lit` beside the checkout, the product does not.
export { LitElement, html, svg, css, nothing, unsafeCSS } from 'lit';
export { classMap } from 'lit/directives/class-map.js';
export { ifDefined } from 'lit/directives/if-defined.js';
export { live } from 'lit/directives/live.js';
export { createRef, ref } from 'lit/directives/ref.js';
export { repeat } from 'lit/directives/repeat.js';
export { styleMap } from 'lit/directives/style-map.js';
