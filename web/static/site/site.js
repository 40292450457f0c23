// @ts-check
// The suggestions of the demonstration site open the chat and say their words.

for (const button of document.querySelectorAll('[data-ask]')) {
  button.addEventListener('click', async () => {
    await customElements.whenDefined('switchboard-chat');
    const chat = /** @type {import('../widget/chat.js').SwitchboardChat} */ (document.querySelector('switchboard-chat'));
    chat.ask(/** @type {HTMLElement} */ (button).dataset.ask ?? '');
  });
}
