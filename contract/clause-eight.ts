import type { StoredKind } from './entry-kind.ts'
import type { StoredData } from './office-entry.ts'
import type { ProfileField } from './profile.ts'

/** The phrases of the notice's clause 8: exactly this is stored. */
export const phrases = [
  'name',
  'birth-date',
  'home-address',
  'phone',
  'e-mail',
  'essential-health',
  'special-needs',
  'pets',
  'granted-service',
  'visit-content'
] as const
export type Phrase = (typeof phrases)[number]

/**
 * What a stored field is in the notice. `papers`: the scanned papers of clause 12. `beyond`: what the
 * work needs past the original phrase; it stands in the notice's next version. `mark`: an id, a state
 * or a time, which tells nothing of a person by itself.
 */
export type Clause = Phrase | 'papers' | 'beyond' | 'mark'

/** The shape of the data with a clause for each of its values. A field without one does not compile. */
type ClauseOf<T> = T extends string | number | boolean
  ? Clause
  : T extends readonly (infer Each)[]
    ? ClauseOf<Each>
    : string extends keyof T
      ? Clause
      : { readonly [Field in keyof T]-?: ClauseOf<NonNullable<T[Field]>> }

/** §9: beside each value of the profile, where it came from, who recorded it and when. */
const recorded = <const C extends Clause>(value: C) =>
  ({ value, source: 'mark', by: 'mark', at: 'mark' }) as const

const exception = { codes: 'mark', reason: 'beyond', by: 'mark', at: 'mark' } as const

/** §8: every stored personal field, by kind of entry. `/privacy` is generated from it. */
export const clauseEight = {
  profile: {
    firstName: recorded('name'),
    lastName: recorded('name'),
    birthDate: recorded('birth-date'),
    street: recorded('home-address'),
    postalCode: recorded('home-address'),
    town: recorded('home-address'),
    phone: recorded('phone'),
    email: recorded('e-mail'),
    allergies: recorded('essential-health'),
    health: recorded('essential-health'),
    needs: recorded('special-needs'),
    pets: recorded('pets'),
    access: recorded('beyond'),
    language: recorded('beyond'),
    addressProtected: recorded('beyond')
  },
  contact: {
    name: 'beyond',
    relation: 'beyond',
    phone: 'beyond',
    email: 'beyond',
    custody: 'beyond',
    home: {
      street: 'beyond',
      postalCode: 'beyond',
      town: 'beyond',
      access: 'beyond',
      isProtected: 'beyond'
    },
    note: 'beyond',
    noContact: 'beyond'
  },
  decision: {
    organiser: 'granted-service',
    controller: 'mark',
    product: 'granted-service',
    funding: 'granted-service',
    number: 'granted-service',
    from: 'granted-service',
    until: 'granted-service',
    grantedMinutes: 'granted-service',
    grantedPer: 'granted-service',
    goals: 'granted-service',
    exception
  },
  assignment: {
    worker: 'mark',
    from: 'mark',
    until: 'mark',
    tasks: 'mark',
    substituteFor: 'mark',
    exception
  },
  visit: {
    decision: 'mark',
    product: 'mark',
    worker: 'mark',
    plannedStart: 'visit-content',
    plannedEnd: 'visit-content',
    startedAt: 'visit-content',
    endedAt: 'visit-content',
    state: 'visit-content',
    reason: 'visit-content',
    kilometres: 'beyond',
    series: 'mark',
    exception,
    forkOf: 'mark',
    shares: 'mark',
    split: { of: 'visit-content', part: 'mark' },
    recordedBy: 'mark',
    formerly: {
      state: 'visit-content',
      startedAt: 'visit-content',
      endedAt: 'visit-content',
      reason: 'visit-content',
      split: { of: 'visit-content', part: 'mark' },
      by: 'mark',
      at: 'mark'
    }
  },
  note: {
    visit: 'mark',
    template: 'mark',
    templateVersion: 'mark',
    fields: 'visit-content',
    state: 'mark',
    author: 'mark',
    writtenAt: 'mark',
    signedAt: 'mark',
    forkOf: 'mark',
    amends: 'mark',
    reason: 'visit-content',
    mergedInto: 'mark',
    recordedBy: { by: 'mark', since: 'mark' },
    signedBy: 'mark'
  },
  document: {
    type: 'papers',
    title: 'papers',
    validFrom: 'papers',
    validUntil: 'papers',
    identityCode: 'mark',
    pages: { page: 'mark', sha256: 'papers', mediaType: 'mark' },
    addedBy: 'mark',
    addedAt: 'mark',
    original: { state: 'mark', by: 'mark', at: 'mark', note: 'papers' },
    removed: { by: 'mark', at: 'mark', reason: 'papers' }
  },
  suggestion: {
    field: 'mark',
    value: 'beyond',
    source: 'mark',
    author: 'mark',
    suggestedAt: 'mark',
    state: 'mark',
    decidedBy: 'mark',
    decidedAt: 'mark',
    word: 'beyond'
  },
  'completion-request': { visit: 'mark', worker: 'mark', wish: 'mark', word: 'beyond' },
  summary: {
    month: 'mark',
    organiser: 'mark',
    language: 'mark',
    state: 'mark',
    version: 'mark',
    replaces: { summary: 'mark', number: 'mark', reason: 'visit-content' },
    substance: {
      goals: 'visit-content',
      summary: 'visit-content',
      clientView: 'visit-content',
      childView: 'visit-content',
      concerns: 'visit-content',
      proposal: 'visit-content',
      notification: { isMade: 'beyond', on: 'beyond' }
    },
    overrun: 'visit-content',
    checked: { by: 'mark', at: 'mark' },
    locked: { number: 'mark', at: 'mark', by: 'mark', hash: 'mark', text: 'visit-content' },
    deliveries: {
      at: 'mark',
      by: 'mark',
      channel: 'mark',
      content: 'mark',
      receipt: { at: 'mark', by: 'mark', code: 'mark' }
    }
  },
  'service-event': {
    visit: 'mark',
    decision: 'mark',
    organiser: 'mark',
    product: 'mark',
    channel: 'mark',
    day: 'visit-content',
    told: {
      number: 'granted-service',
      code: 'granted-service',
      start: 'visit-content',
      end: 'visit-content',
      minutes: 'visit-content',
      unit: 'mark',
      priceCents: 'granted-service',
      valueCents: 'granted-service',
      outcome: 'visit-content'
    },
    externalNumber: 'granted-service',
    replaces: 'mark',
    history: { state: 'mark', by: 'mark', at: 'mark', reason: 'visit-content', takesBack: 'mark' },
    exports: { by: 'mark', at: 'mark', profile: 'mark', fingerprint: 'mark' }
  }
} as const satisfies { readonly [Kind in StoredKind]: ClauseOf<StoredData<Kind>> }

/** The clause of a profile field's value. */
export const clauseOf = (field: ProfileField): Clause => clauseEight.profile[field].value

type Table = typeof clauseEight

/** The places of the fields that the notice names: `profile.street.value`, `contact.home.access`. */
type NamedIn<T, At extends string = ''> = T extends 'mark'
  ? never
  : T extends string
    ? At
    : {
        [Field in keyof T & string]: NamedIn<T[Field], At extends '' ? Field : `${At}.${Field}`>
      }[keyof T & string]

type WithoutValue<Place extends string> = Place extends `${infer Head}.value` ? Head : Place

/** As the notice says it: `profile.street`. A proposed value keeps its name. */
export type NoticeField = {
  [Kind in StoredKind]: Kind extends 'profile'
    ? WithoutValue<NamedIn<Table[Kind], Kind>>
    : NamedIn<Table[Kind], Kind>
}[StoredKind]

interface Leaf {
  readonly place: string
  readonly clause: Clause
}

type Tree = Clause | { readonly [Field: string]: Tree }

function leavesOf(tree: Tree, place: string): Leaf[] {
  if (typeof tree === 'string') return [{ place, clause: tree }]
  return Object.entries(tree).flatMap(([field, inside]) => leavesOf(inside, `${place}.${field}`))
}

/** Every value that is stored, with what it is in the notice. */
export const storedFields: readonly Leaf[] = Object.entries(clauseEight).flatMap(([kind, tree]) =>
  leavesOf(tree, kind)
)

/** The fields that the notice names, by what they are there. */
export function fieldsUnder(clause: Exclude<Clause, 'mark'>): NoticeField[] {
  return storedFields
    .filter((leaf) => leaf.clause === clause)
    .map(({ place }) => place.replace(/^(profile\..*)\.value$/, '$1') as NoticeField)
}
