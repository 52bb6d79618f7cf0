export const browser = {
  'browser.title': 'In this browser',
  'browser.all': 'The browser can do everything that Kotikäynti uses.',
  'browser.some':
    'Kotikäynti works in this browser, and notes are kept. This, however, is different:',
  'browser.offline-start': 'Does not open without a network',
  'browser.offline-start.more':
    'The browser does not keep the app. Leave the private window, or use another browser, before you go on a visit.',
  'browser.erasable-keys': 'Keys cannot be erased completely from the disk',
  'browser.erasable-keys.more':
    'The keys lie encrypted in the browser’s database. Of what was removed, sealed residue may remain until the device is wiped.',
  'browser.passkey': 'The device is opened with a passphrase only',
  'browser.passkey.more': 'The browser cannot use a fingerprint, face or PIN.',
  'browser.derived-secret': 'The lock is opened with a passphrase only',
  'browser.derived-secret.more':
    'The browser cannot open this device with a fingerprint, face or PIN.',
  'browser.background-sync': 'Sends only while the app is open',
  'browser.background-sync.more':
    'If you close the app without a network, what waits is sent when you open it again. There is no need to unlock.',
  'browser.space': 'The browser does not tell how much space is left',
  'browser.space.more':
    'Keep some space free on the device. If it runs out in the middle of a note, the app says so at once.',
  'browser.install-ipad': 'Add the app to the Home Screen',
  'browser.install-ipad.more':
    'Tap Share and choose Add to Home Screen. Enrol the device there. Safari may remove the data if the page is not opened for a week.',
  'browser.install-menu': 'Install the app from the browser’s menu',
  'browser.install-menu.more':
    'Open the browser’s menu and choose Install or Add to Home screen. If it is not there, make a bookmark.'
} as const
