import type { lost as fi } from '#lib/i18n/fi/lost.ts'

export const lost = {
  'lost.wiped': 'This device has been wiped',
  'lost.wiped-more':
    'The device was revoked and the clients’ details have been removed from it. Everything sent is safe. Sign in if you take the device into use again.',
  'lost.waiting':
    'One note still waits for a network. It goes by itself, sealed.|{count} notes still wait for a network. They go by themselves, sealed.',
  'lost.evicted': 'The browser has emptied this device',
  'lost.evicted-more':
    'The fetched clients and the keys of the device are gone from the browser. Nothing that was sent is lost. Sign in and take the device into use again, and the clients are fetched again.',
  'lost.evicted-unsent':
    'One note did not arrive in time. Write it again and tell the office.|{count} notes did not arrive in time. Write them again and tell the office.',
  'lost.evicted-heard':
    'The device was last in contact {at}. If you wrote without a network after that, check those visits.',
  'storage.title': 'Space and keeping',
  'storage.keeps': 'The browser keeps the data',
  'storage.keeps-more': 'The browser has promised not to remove by itself what was fetched.',
  'storage.may-evict': 'The browser may remove what was fetched',
  'storage.may-evict-more':
    'The browser has not promised to keep it when space runs out. What was sent is safe all the same. Install the app on the home screen and keep space free on the device.',
  'storage.ask': 'Ask the browser to keep it',
  'storage.install': 'Install the app',
  'storage.used': 'In use',
  'storage.free': 'Free for the app',
  'storage.tight': 'The device is running out of space',
  'storage.tight-more':
    '{free} is free. Remove pictures or apps from the device, so that notes can still be saved. Do not clear the browser’s data.',
  'storage.overdue': 'A note has waited over a day to be sent',
  'storage.overdue-more':
    'The oldest was written {at}. Take the device to a network. If that does not help, call the office.'
} as const satisfies Record<keyof typeof fi, string>
