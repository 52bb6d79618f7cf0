import type { LedgerLine } from '#contract/ledger.ts'

/**
 * What the lines of every ledger repeat, and nobody's: kept ledgers are packed beside it, so that a hundred
 * thousand of them do not each hold the names of their fields.
 */
const lines: readonly object[] = [
  {
    flags: ['no-number', 'no-code', 'outside-validity', 'over-grant', 'overlaps', 'ends-first'],
    event: {
      id: '',
      kind: 'service-event',
      revision: 1,
      at: '2000-01-01T08:00:00+02:00',
      by: '',
      data: {
        organiser: '',
        told: { outcome: 'not-at-home' },
        exports: [{ by: '', at: '', profile: '', fingerprint: '' }],
        history: [
          { state: 'exported', by: '', at: '2000-01-01T08:00:00+02:00' },
          { state: 'recorded', by: '', at: '2000-01-01T08:00:00+02:00' }
        ]
      }
    },
    former: []
  },
  lineOn('voucher', 'psop', '2000-01-01', 'cancelled-late', ['no-outcome']),
  lineOn('home-service', 'palse', '2000-01-02', 'completed', ['no-code', 'no-number'])
]

function lineOn(
  product: string,
  channel: LedgerLine['channel'],
  day: string,
  outcome: LedgerLine['claim']['outcome'],
  flags: LedgerLine['flags']
) {
  return {
    visit: '',
    decision: '',
    organiser: '',
    product,
    channel,
    day,
    claim: {
      number: '',
      code: '',
      start: `${day}T08:00:00+02:00`,
      end: `${day}T09:00:00+02:00`,
      minutes: 60,
      unit: 'hour',
      priceCents: 0,
      valueCents: 0,
      outcome
    },
    flags,
    event: null,
    former: []
  }
}

export const madeUpLedger = [...lines, { customership: '', firstName: '', lastName: '', lines: [] }]
