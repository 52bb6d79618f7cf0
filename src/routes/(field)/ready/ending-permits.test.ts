import { expect, test } from 'vitest'
import type { Day } from '#contract/day.ts'
import type { Document, DocumentType } from '#contract/document.ts'
import { endingPermits } from './ending-permits.ts'

const today = '2026-11-23' as Day
const permit = (until: string | undefined, type: DocumentType = 'medication-permit') =>
  ({ type, ...(until ? { validUntil: until } : {}) }) as Document

test.for<[string, Document[], string[]]>([
  ['ends in a week', [permit('2026-11-30')], ['2026-11-30']],
  ['ends today', [permit('2026-11-23')], ['2026-11-23']],
  ['ended last week', [permit('2026-11-16')], ['2026-11-16']],
  ['holds until spring', [permit('2027-04-30')], []],
  ['has no last day', [permit(undefined)], []],
  ['ended so long ago that nobody waits for it', [permit('2026-06-01')], []],
  ['was renewed in time', [permit('2026-11-25'), permit('2027-11-25')], []],
  ['was renewed without a last day', [permit(undefined), permit('2026-11-25')], []],
  ['was added by mistake', [{ ...permit('2026-11-25'), removed: {} } as Document], []],
  ['is no permit', [permit('2026-11-25', 'payment-commitment')], []],
  [
    'is of two kinds',
    [permit('2026-11-25'), permit('2026-11-26', 'transport-permit')],
    ['2026-11-25', '2026-11-26']
  ]
])('a permit that %s', ([, documents, told]) => {
  expect(endingPermits(documents, today).map(({ until }) => until)).toEqual(told)
})
