// @ts-check
// What a site loads: <script type="module" src="https://chat.example/widget.js"></script>
//
// The path below is absolute on this server, since the same file is served as /widget.js and as
// /static/customer/widget.js.

import '/static/customer/chat/chat.js';

if (!document.querySelector('switchboard-chat')) document.body.append(document.createElement('switchboard-chat'));
