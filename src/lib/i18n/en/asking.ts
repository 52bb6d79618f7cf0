import type { asking as fi } from '#lib/i18n/fi/asking.ts'

export const asking = {
  'asking.act': 'Ask to complete',
  'asking.again': 'Ask again',
  'asking.all': 'Ask to complete ({count})',
  'asking.of': '{act}: {what}',
  'asking.allOf': 'Ask to complete everything: {name}',
  'asking.title': 'Ask to complete: {name}',
  'asking.lede':
    'The request stands on the worker’s Today until the item is completed. The device fetches it when it has a network.',
  'asking.count': '{count} item|{count} items',
  'asking.word': 'A word to the worker',
  'asking.wordHint': 'Shown beside the request on the worker’s device.',
  'asking.optional': 'May be left empty',
  'asking.send': 'Ask',
  'asking.standing': 'Asked {when}, {name}',
  'asking.withdraw': 'Take the request back',
  'asking.withdrawOf': 'Take the request back: {what}',
  'asking.outcome.asked': '{count} item asked for|{count} items asked for',
  'asking.outcome.already':
    '{count} item was asked for today already|{count} items were asked for today already',
  'asking.outcome.done': '{count} item is completed already|{count} items are completed already',
  'asking.outcome.out-of-reach':
    '{count} item was not asked for: the worker no longer serves the client. Write it on their behalf.|{count} items were not asked for: the worker no longer serves the client. Write them on their behalf.',
  'asking.outcome.absent':
    '{count} item was not asked for: the visit is no longer there|{count} items were not asked for: the visits are no longer there',
  'asking.done': 'Completed since asked: {count}',
  'asking.doneLine': 'asked {when}, {name}',
  'asking.wish.ending': 'visit recorded to its end',
  'asking.wish.note': 'note signed',
  'asking.wish.times': 'times put right',
  'asking.wish.overlap': 'overlap put right',
  'asking.wish.reason': 'reason given',
  'asking.office': 'the office settles it',
  'asking.call':
    'a request does not reach the device before it sends: ring, and have the app opened where there is a network'
} as const satisfies Record<keyof typeof fi, string>
