// @ts-check
// The suggestions of the demonstration site open the chat and say their words; its call buttons call.

/** @returns {Promise<import('../customer/chat/chat.js').SwitchboardChat>} */
async function chat() {
  await customElements.whenDefined('switchboard-chat');
  return /** @type {import('../customer/chat/chat.js').SwitchboardChat} */ (document.querySelector('switchboard-chat'));
}

for (const button of document.querySelectorAll('[data-ask]')) {
  button.addEventListener('click', async () =>
    (await chat()).ask(/** @type {HTMLElement} */ (button).dataset.ask ?? ''),
  );
}

for (const button of document.querySelectorAll('[data-call]')) {
  button.addEventListener('click', async () => (await chat()).call());
}
