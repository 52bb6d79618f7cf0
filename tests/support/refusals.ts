import { standardProfile } from '#contract/export-profile.ts'

/** Who may ask: written here by hand, a second time, so that a weakened route does not weaken its test. */
export type Asker = 'anyone' | 'operator' | 'device' | 'user' | 'ready' | 'main-user'

export interface Refused {
  readonly asker: Asker
  /** A body that parses; a property is added to it to see it refused. */
  readonly body?: (ids: Ids) => object
  /** What its body may weigh, when that is more than is usual. */
  readonly limitBytes?: number
}

/** What a sample may name. */
export interface Ids {
  readonly customership: string
  readonly device: string
  readonly user: string
}

export const sampleCustomership = '7d0f8a52-4c35-4a5e-9d5b-0f6c1d2e3f40'
const nobodys = 'c1f7a0de-52b4-4d11-8f3a-6f2f7a9d4b10'
const entry = '01935b2e-7c00-7000-8000-000000000001'
const other = '01935b2e-7c00-7000-8000-000000000002'
const stated = (value: string) => ({ value, source: 'client' })
const profile = { firstName: stated('Testi'), lastName: stated('Henkilö') }
const contact = { name: 'Testi Läheinen', relation: 'family', noContact: false }
const decision = {
  organiser: 'mallikunta',
  controller: 'organiser',
  product: 'home-service',
  funding: 'purchased',
  from: '2026-11-01',
  until: '2026-12-31',
  grantedMinutes: 600,
  grantedPer: 'month',
  goals: []
}
const importSample = {
  source: 'organiser',
  records: [
    {
      file: 0,
      row: 2,
      kind: 'profile',
      client: nobodys,
      id: entry,
      fields: { firstName: 'Testi', lastName: 'Henkilö' }
    }
  ]
}
const answered = { id: 'abc', rawId: 'abc', type: 'public-key', clientExtensionResults: {} }
const outbox = { last: 0, waiting: [] }
const title = { fi: 'Kirjaus', sv: 'Anteckning', en: 'Note' }
const written = { template: 'home-service', templateVersion: 1, fields: { done: 'Testattu' } }
const incident = {
  kind: 'lost-device',
  noticedAt: '2026-11-22T06:00:00.000Z',
  happened: null,
  customerships: [],
  persons: 0,
  organisers: [],
  isOwn: false,
  what: 'Tabletti katosi',
  consequences: '',
  measures: ''
}
const words = { id: 'done', title, form: 'text', mandatory: true }

/** Every mounted route. One that is not here, or is here and not mounted, fails. */
export const refusals: Readonly<Record<string, Refused>> = {
  'GET /api/health': { asker: 'anyone' },
  'GET /api/metrics': { asker: 'operator' },
  'GET /api/openapi.json': { asker: 'anyone' },
  'GET /api/demo': { asker: 'anyone' },
  'GET /api/notice': { asker: 'anyone' },
  'GET /api/notice/versions/:version': { asker: 'anyone' },
  'GET /api/office/notice': { asker: 'main-user' },
  'POST /api/office/notice': {
    asker: 'main-user',
    body: () => ({ based: 1, effectiveFrom: '2027-01-01', significant: null })
  },
  'GET /api/office/notice/tellings': { asker: 'main-user' },
  'POST /api/office/notice/tellings': {
    asker: 'main-user',
    body: ({ customership }) => ({ version: 1, customerships: [customership], told: null })
  },
  'GET /api/office/incidents': { asker: 'main-user' },
  'POST /api/office/incidents': { asker: 'main-user', body: () => incident },
  'PUT /api/office/incidents/:id': {
    asker: 'main-user',
    body: () => ({ based: 1, ...incident })
  },
  'POST /api/office/incidents/:id/steps': {
    asker: 'main-user',
    body: () => ({ based: 1, step: { step: 'closed' } })
  },
  'GET /api/office/self-check': { asker: 'main-user' },
  'GET /api/certificates/key': { asker: 'anyone' },
  'POST /api/session': {
    asker: 'anyone',
    body: () => ({ username: 'nobody', password: 'kärpänen lentää' })
  },
  'GET /api/session': { asker: 'user' },
  'GET /api/session/if-any': { asker: 'anyone' },
  'DELETE /api/session': { asker: 'anyone' },
  'POST /api/session/lock': { asker: 'anyone' },
  'POST /api/session/pending': { asker: 'user', body: () => ({ done: 'training' }) },
  'POST /api/session/password': {
    asker: 'user',
    body: () => ({ current: 'kärpänen lentää', password: 'vihreä laiva merellä' })
  },
  'POST /api/session/passkey/options': { asker: 'anyone', body: () => ({}) },
  'POST /api/session/passkey': {
    asker: 'anyone',
    body: () => ({
      response: {
        ...answered,
        response: { clientDataJSON: 'abc', authenticatorData: 'abc', signature: 'abc' }
      }
    })
  },
  'GET /api/passkeys': { asker: 'user' },
  'POST /api/passkeys/options': { asker: 'ready', body: () => ({}) },
  'POST /api/passkeys': {
    asker: 'ready',
    body: () => ({
      name: 'Toimiston kone',
      response: { ...answered, response: { clientDataJSON: 'abc', attestationObject: 'abc' } }
    })
  },
  'DELETE /api/passkeys/:id': { asker: 'user' },
  'POST /api/session/unlock/options': { asker: 'device', body: ({ device }) => ({ device }) },
  'POST /api/session/unlock': {
    asker: 'device',
    body: ({ device }) => ({ device, challenge: 'abc', sig: 'abc' })
  },
  'POST /api/welcome/status': { asker: 'anyone', body: () => ({ code: 'abc' }) },
  'POST /api/welcome': {
    asker: 'anyone',
    body: () => ({
      code: 'abc',
      username: 'testi',
      displayName: 'Testi Henkilö',
      password: 'kärpänen lentää'
    })
  },
  'POST /api/devices': {
    asker: 'user',
    body: () => ({ name: 'Tabletti', signingKey: 'abc' })
  },
  'GET /api/devices': { asker: 'user' },
  'GET /api/devices/carried': { asker: 'anyone' },
  'DELETE /api/devices/:id': { asker: 'user' },
  'POST /api/devices/:id/state': {
    asker: 'device',
    body: () => ({ have: [], purged: [], outbox })
  },
  'POST /api/devices/:id/wiped': { asker: 'device', body: () => ({ clear: true, outbox }) },
  'POST /api/devices/:id/cookie': { asker: 'user' },
  'GET /api/devices/:id/live': { asker: 'ready' },
  'POST /api/sync/pull': {
    asker: 'ready',
    body: ({ device }) => ({
      device,
      generation: null,
      organisation: null,
      vaultEpoch: 0,
      have: {},
      awaiting: [],
      purged: [],
      outbox
    })
  },
  'POST /api/sync/push': {
    asker: 'device',
    body: ({ device }) => ({ device, outbox, envelopes: [{ id: nobodys, seq: 1 }] })
  },
  'POST /api/rescue': {
    asker: 'main-user',
    limitBytes: 25 * 1024 * 1024,
    body: ({ device }) => ({
      format: 'kotikaynti/rescue/1',
      devices: [{ device, outbox, envelopes: [{ id: nobodys, seq: 1 }] }]
    })
  },
  'GET /api/office/pulse': { asker: 'main-user' },
  'GET /api/office/live': { asker: 'main-user' },
  'GET /api/office/situation': { asker: 'main-user' },
  'GET /api/office/organisation': { asker: 'main-user' },
  'PUT /api/office/organisation/rules': {
    asker: 'main-user',
    body: () => ({ based: 1, rules: [] })
  },
  'PUT /api/office/organisation/policy': {
    asker: 'main-user',
    body: () => ({ based: 1, deleteAfterDays: 60, lapseDays: 30, warned: [] })
  },
  'GET /api/office/templates/standard': { asker: 'main-user' },
  'PUT /api/office/organisation/visiting': {
    asker: 'main-user',
    body: () => ({ based: 1, socialEmergencyPhone: '+358261234567', mapLink: null })
  },
  'POST /api/office/organisation/templates': {
    asker: 'main-user',
    body: () => ({ template: 'home-service', follows: 1, title, fields: [words] })
  },
  'POST /api/office/customerships/:id/notes/:note/answer': {
    asker: 'main-user',
    body: () => ({ fields: ['concern'], done: 'Soitettiin perheelle' })
  },
  'GET /api/office/users': { asker: 'main-user' },
  'POST /api/office/users': {
    asker: 'main-user',
    body: () => ({
      username: 'uusi',
      displayName: 'Uusi Henkilö',
      role: 'worker',
      tasks: ['care']
    })
  },
  'PUT /api/office/users/:id': {
    asker: 'main-user',
    body: () => {
      const rights = { displayName: 'Testi Henkilö', role: 'worker', tasks: ['care'] }
      return { seen: rights, ...rights }
    }
  },
  'GET /api/office/users/:id/closing': { asker: 'main-user' },
  'POST /api/office/users/:id/closing': { asker: 'main-user', body: () => ({}) },
  'GET /api/office/customerships/:id/log': { asker: 'main-user' },
  'GET /api/office/log': { asker: 'main-user' },
  'GET /api/office/acts': { asker: 'main-user' },
  'GET /api/office/log/check': { asker: 'main-user' },
  'GET /api/office/log/trail': { asker: 'main-user' },
  'GET /api/office/log/checkpoint': { asker: 'main-user' },
  'GET /api/office/reviews': { asker: 'main-user' },
  'POST /api/office/reviews': {
    asker: 'main-user',
    body: () => ({ id: nobodys, from: '2026-11-01', until: '2026-11-20', sample: 20 })
  },
  'GET /api/office/reviews/:review': { asker: 'main-user' },
  'POST /api/office/reviews/:review/judgements': {
    asker: 'main-user',
    body: () => ({ line: 1, based: 0, finding: 'fine', consequence: null })
  },
  'POST /api/office/reviews/:review/closing': { asker: 'main-user' },
  'GET /api/log': { asker: 'ready' },
  'GET /api/prints': { asker: 'ready' },
  'GET /api/office/users/:id/prints': { asker: 'main-user' },
  'POST /api/prints/:id/destruction': { asker: 'ready' },
  'POST /api/office/users/:id/code': { asker: 'main-user' },
  'GET /api/office/notes': { asker: 'main-user' },
  'GET /api/office/notes/unfinished': { asker: 'main-user' },
  'PUT /api/office/customerships/:id/visits/:visit/note': {
    asker: 'main-user',
    body: () => ({ ...written, note: entry, based: null, beside: other, state: 'draft' })
  },
  'POST /api/office/customerships/:id/visits/:visit/note/merge': {
    asker: 'main-user',
    body: () => ({ note: entry, based: 1, fork: other, forkBased: 2, fields: written.fields })
  },
  'PUT /api/office/customerships/:id/visits/:visit/record': {
    asker: 'main-user',
    body: () => ({
      based: 1,
      startedAt: '2026-11-01T07:00:00Z',
      endedAt: '2026-11-01T08:00:00Z',
      state: 'completed',
      reason: 'Paperisesta päivälistasta'
    })
  },
  'GET /api/office/awaiting/:operation': { asker: 'main-user' },
  'POST /api/office/awaiting': {
    asker: 'main-user',
    body: () => ({ ids: [nobodys], decision: 'accept' })
  },
  'POST /api/office/import/check': {
    asker: 'main-user',
    body: () => importSample,
    limitBytes: 25 * 1024 * 1024
  },
  'POST /api/office/import': {
    asker: 'main-user',
    body: () => importSample,
    limitBytes: 25 * 1024 * 1024
  },
  'GET /api/office/import/mappings': { asker: 'main-user' },
  'PUT /api/office/import/mappings': {
    asker: 'main-user',
    body: () => ({ headings: ['Etunimi'], targets: ['profile.firstName'] })
  },
  'GET /api/office/statistics': { asker: 'main-user' },
  'PUT /api/office/organisation/transfers': {
    asker: 'main-user',
    body: () => ({ based: 1, transfers: { terms: [], products: [], profiles: [] } })
  },
  'GET /api/office/transfers': { asker: 'main-user' },
  'POST /api/office/transfers/moves': {
    asker: 'main-user',
    body: ({ customership }) => ({
      moves: [{ customership, visit: entry, event: other, from: null, to: 'recorded', seen: 'abc' }]
    })
  },
  'POST /api/office/transfers/exports': {
    asker: 'main-user',
    body: ({ customership }) => ({
      profile: standardProfile,
      again: false,
      events: [{ customership, visit: entry, event: other, seen: 'abc' }]
    })
  },
  'GET /api/office/endings': { asker: 'main-user' },
  'GET /api/office/certificates/:number': { asker: 'main-user' },
  'GET /api/office/certificates/:number/pdf': { asker: 'main-user' },
  'POST /api/office/customerships/search': { asker: 'main-user', body: () => ({ query: 'testi' }) },
  'POST /api/office/customerships': {
    asker: 'main-user',
    body: () => ({
      id: sampleCustomership,
      profile: { id: entry, data: profile },
      contacts: [],
      decision: { id: other, data: decision }
    })
  },
  'GET /api/office/customerships/:id': { asker: 'main-user' },
  'PUT /api/office/customerships/:id/profile': {
    asker: 'main-user',
    body: () => ({ based: 1, data: profile })
  },
  'POST /api/office/customerships/:id/address': { asker: 'main-user', body: () => ({}) },
  'PUT /api/office/customerships/:id/contacts/:entry': {
    asker: 'main-user',
    body: () => ({ based: null, data: contact })
  },
  'DELETE /api/office/customerships/:id/contacts/:entry': {
    asker: 'main-user',
    body: () => ({ based: 1 })
  },
  'POST /api/office/customerships/:id/suggestions/:entry': {
    asker: 'main-user',
    body: () => ({ based: 1, decision: 'accept' })
  },
  'POST /api/office/customerships/:id/decisions': {
    asker: 'main-user',
    body: () => ({ id: entry, data: decision })
  },
  'POST /api/office/customerships/:id/assignments': {
    asker: 'main-user',
    body: ({ user }) => ({
      id: entry,
      data: { worker: user, from: '2026-11-01', tasks: ['care'] }
    })
  },
  'POST /api/office/customerships/:id/visits': {
    asker: 'main-user',
    body: ({ user }) => ({
      id: entry,
      data: {
        decision: other,
        worker: user,
        plannedStart: '2026-11-23T08:00:00+02:00',
        plannedEnd: '2026-11-23T10:00:00+02:00'
      }
    })
  },
  'PUT /api/office/customerships/:id/documents/:document/pages/:page': { asker: 'main-user' },
  'GET /api/office/organisation/emblem': { asker: 'main-user' },
  'PUT /api/office/organisation/emblem': { asker: 'main-user' },
  'DELETE /api/office/organisation/emblem': { asker: 'main-user' },
  'DELETE /api/office/customerships/:id/documents/:document/pages': { asker: 'main-user' },
  'GET /api/office/customerships/:id/documents/unfinished': { asker: 'main-user' },
  'POST /api/office/customerships/:id/documents': {
    asker: 'main-user',
    body: () => ({
      id: entry,
      type: 'transport-permit',
      identityCode: 'none',
      pages: [{ page: 1, sha256: 'A'.repeat(43), mediaType: 'image/jpeg' }],
      original: 'at-office'
    })
  },
  'PUT /api/office/customerships/:id/documents/:document': {
    asker: 'main-user',
    body: () => ({ based: 1, title: 'Kuljetuslupa' })
  },
  'POST /api/office/customerships/:id/documents/:document/original': {
    asker: 'main-user',
    body: () => ({ based: 1, state: 'destroyed' })
  },
  'POST /api/office/customerships/:id/documents/:document/removal': {
    asker: 'main-user',
    body: () => ({ based: 1, reason: 'Väärä asiakas' })
  },
  'GET /api/documents/:document/pages/:page': { asker: 'ready' },
  'POST /api/office/customerships/:id/visits/series': {
    asker: 'main-user',
    body: ({ user }) => ({
      series: other,
      visits: [
        {
          id: entry,
          data: {
            decision: other,
            worker: user,
            plannedStart: '2026-11-23T08:00:00+02:00',
            plannedEnd: '2026-11-23T10:00:00+02:00'
          }
        }
      ]
    })
  },
  'POST /api/office/customerships/:id/visits/cancellation': {
    asker: 'main-user',
    body: () => ({ visit: entry, based: 1, cause: 'provider' })
  },
  'GET /api/office/customerships/:id/planning': { asker: 'main-user' },
  'GET /api/office/week': { asker: 'main-user' },
  'POST /api/office/week/day-sheet': {
    asker: 'main-user',
    body: ({ user }) => ({ worker: user, day: '2026-11-23' })
  },
  'POST /api/office/week/swap': {
    asker: 'main-user',
    body: ({ user, customership }) => ({
      worker: user,
      day: '2026-11-23',
      visits: [{ customership, visit: entry, based: 1, substitute: null, assignment: other }]
    })
  },
  'GET /api/office/customerships/:id/ending': { asker: 'main-user' },
  'POST /api/office/customerships/:id/ending': {
    asker: 'main-user',
    body: () => ({ endDay: '2026-12-01', reason: 'service-completed' })
  },
  'POST /api/office/customerships/:id/ending/acts': {
    asker: 'main-user',
    body: () => ({ act: 'tick', item: 'last-summary', how: 'Turvapostilla' })
  },
  'GET /api/office/customerships/:id/requests/:request/passages': { asker: 'main-user' },
  'PUT /api/office/customerships/:id/requests/:request/passages': {
    asker: 'main-user',
    body: () => ({ choices: [{ passage: 'A'.repeat(22), ground: 'own' }] })
  },
  'GET /api/office/customerships/:id/requests/:request/answer': { asker: 'main-user' },
  'POST /api/office/customerships/:id/requests/:request/answer': {
    asker: 'main-user',
    body: () => ({ kind: 'portability', for: 'client', language: 'fi' })
  },
  'POST /api/office/customerships/:id/requests/:request/answer/passphrase': {
    asker: 'main-user',
    body: () => ({})
  },
  'GET /api/office/customerships/:id/requests/:request/answer/paper': { asker: 'main-user' },
  'GET /api/office/customerships/:id/requests/:request/answer/archive': { asker: 'main-user' },
  'GET /api/office/customerships/:id/package': { asker: 'main-user' },
  'POST /api/office/customerships/:id/package': {
    asker: 'main-user',
    body: () => ({ language: 'fi' })
  },
  'DELETE /api/office/customerships/:id/package': { asker: 'main-user' },
  'POST /api/office/customerships/:id/package/passphrase': { asker: 'main-user', body: () => ({}) },
  'GET /api/office/customerships/:id/package/record': { asker: 'main-user' },
  'GET /api/office/customerships/:id/package/archive': { asker: 'main-user' },
  'GET /api/office/summaries': { asker: 'main-user' },
  'GET /api/office/summaries/changed': { asker: 'main-user' },
  'GET /api/office/customerships/:id/summary': { asker: 'main-user' },
  'PUT /api/office/customerships/:id/summary': {
    asker: 'main-user',
    body: () => ({
      summary: entry,
      organiser: 'mallikunta',
      month: '2026-10',
      based: null,
      language: 'fi',
      state: 'draft',
      substance: { notification: { isMade: false } }
    })
  },
  'POST /api/office/customerships/:id/summary/correction': {
    asker: 'main-user',
    body: () => ({ summary: entry, as: other, reason: 'Aika oli väärin' })
  },
  'GET /api/office/customerships/:id/summary/pdf': { asker: 'main-user' },
  'POST /api/office/summaries/approval': {
    asker: 'main-user',
    body: ({ customership }) => ({
      month: '2026-10',
      summaries: [{ customership, organiser: 'mallikunta', based: null }],
      despite: false
    })
  },
  'POST /api/office/summaries/delivery': {
    asker: 'main-user',
    body: ({ customership }) => ({
      organiser: 'mallikunta',
      month: '2026-10',
      summaries: [{ customership, summary: entry }],
      channel: 'secure-mail',
      content: 'whole'
    })
  },
  'POST /api/office/summaries/receipt': {
    asker: 'main-user',
    body: ({ customership }) => ({
      summaries: [{ customership, summary: entry }],
      code: 'received'
    })
  },
  'POST /api/office/completion-requests': {
    asker: 'main-user',
    body: ({ customership, user }) => ({
      requests: [{ customership, visit: entry, worker: user, wish: 'note' }]
    })
  },
  'POST /api/office/customerships/:id/completion-requests/withdrawal': {
    asker: 'main-user',
    body: () => ({ request: entry })
  },
  'GET /api/office/requests': { asker: 'main-user' },
  'POST /api/office/requests': {
    asker: 'main-user',
    body: () => ({
      id: nobodys,
      customership: null,
      kind: 'access',
      who: 'client',
      identified: 'strong',
      receivedOn: '2026-11-20',
      words: null
    })
  },
  'GET /api/office/requests/:request': { asker: 'main-user' },
  'POST /api/office/requests/:request/acts': {
    asker: 'main-user',
    body: () => ({ act: 'withdraw' })
  },
  'GET /api/office/requests/:request/letter': { asker: 'main-user' },
  'GET /api/office/disclosures': { asker: 'main-user' },
  'GET /api/office/customerships/:id/disclosures/pdf': { asker: 'main-user' },
  'POST /api/office/customerships/:id/deletion': { asker: 'main-user' }
}

/** The address of a route, with ids that exist. */
export function pathOf(pattern: string, ids: Ids): string {
  if (pattern.startsWith('/api/devices')) return pattern.replace(':id', ids.device)
  if (pattern.startsWith('/api/office/users')) return pattern.replace(':id', ids.user)
  return filled(pattern.replace(':id', ids.customership))
}

/** The same with ids that nobody has, and that cannot be ids. */
export function strangePathsOf(pattern: string): string[] {
  return [nobodys, other, 'not-an-id', '%00', '..%2f'].map((id) =>
    filled(pattern.replace(':id', id))
  )
}

const filled = (path: string): string =>
  path
    .replace(':entry', entry)
    .replace(':document', entry)
    .replace(':visit', entry)
    .replace(':operation', nobodys)
    .replace(':request', nobodys)
    .replace(':version', '1')
    .replace(':review', nobodys)
    .replace(':page', '1')
    .replace(':number', 'KK-2026-000001')
