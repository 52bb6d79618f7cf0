import type { Day, Moment } from '#contract/day.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import { byStanding } from '#contract/note-order.ts'
import type { WireEntry } from '#contract/pull.ts'
import type { Split } from '#contract/split.ts'
import type { VisitState } from '#contract/visit.ts'
import type { Wish } from '#contract/wish.ts'
import type { Near } from './near.ts'

/**
 * What lists and the day show of a customership: a small value of its own, sealed beside the whole
 * under the same key, so that a day is drawn without opening half a year of everybody's notes.
 */
export interface FaceNote {
  readonly id: EntryId
  readonly state: 'draft' | 'signed'
  readonly own: boolean
  /** Own drafts that stand beside it, to be made one with it. */
  readonly beside?: readonly EntryId[]
}

/** What the office asks of whoever holds the tablet, done or not. */
export interface FaceRequest {
  readonly id: EntryId
  readonly wish: Wish
  readonly word?: string
  readonly by: UserId
  readonly at: Moment
}

export interface FaceVisit {
  readonly id: EntryId
  readonly decision: EntryId
  readonly product: string
  readonly worker: UserId
  readonly plannedStart?: Moment
  readonly plannedEnd?: Moment
  readonly startedAt?: Moment
  readonly endedAt?: Moment
  readonly state: VisitState
  /** Of how many it is one: who the others are is told from visits that began at the same moment. */
  readonly split?: Split
  readonly note: FaceNote | null
  /** It was said why it is otherwise than planned. */
  readonly isExplained?: true
  readonly asked?: readonly FaceRequest[]
  /** When it was written last, and by whom: what of it is news is told from that. */
  readonly at?: Moment
  readonly by?: UserId
}

/** What is granted, as far as it tells whom a visit of a day can be recorded for. */
export interface FaceDecision {
  readonly id: EntryId
  readonly product: string
  readonly from: Day
  readonly until: Day
}

export interface HeldFace {
  readonly firstName: string
  readonly lastName: string
  readonly alerts: {
    readonly allergies?: string
    readonly health?: string
    readonly needs?: string
    readonly pets?: string
    readonly noContact: readonly string[]
  }
  readonly town?: string
  /** GDPR Art. 18: since when its processing is restricted. */
  readonly restrictedOn?: Day
  /** When the address was stated last. */
  readonly placeAt?: Moment
  /** Absent where an earlier version of the app drew it. */
  readonly decisions?: readonly FaceDecision[]
  readonly visits: readonly FaceVisit[]
}

type Held = Exclude<WireEntry, { removed: true }>

const said = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined

/** A profile field is `{value, source, by, at}`; a view may have left any of them out. */
function stated(profile: Held | undefined, field: string): string | undefined {
  const recorded = profile?.data[field]
  if (typeof recorded !== 'object' || recorded === null || !('value' in recorded)) return undefined
  return said(recorded.value)
}

/** The newest of the address; moments of one writer are in order as texts. */
function placeAt(profile: Held | undefined): Moment | undefined {
  return ['street', 'postalCode', 'town']
    .flatMap((field) => {
      const recorded = profile?.data[field] as { readonly at?: Moment } | undefined
      return recorded?.at ?? []
    })
    .sort()
    .at(-1)
}

const given = <K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [key in K]?: V }

/** Reads with a light hand: half a year of entries passes here, and only a few are looked into. */
export function faceOf(entries: readonly WireEntry[], user: UserId, near: Near): HeldFace {
  let profile: Held | undefined
  const noContact: string[] = []
  const decisions: FaceDecision[] = []
  const visits: Held[] = []
  const notes = new Map<string, Held[]>()
  const asked = new Map<string, FaceRequest[]>()
  for (const entry of entries) {
    if ('removed' in entry) continue
    if (entry.kind === 'profile') profile = entry
    else if (entry.kind === 'contact' && entry.data['noContact'] === true) {
      noContact.push(said(entry.data['name']) ?? '')
    } else if (entry.kind === 'decision') decisions.push(...faceDecision(entry))
    else if (entry.kind === 'visit' && entry.data['forkOf'] === undefined) visits.push(entry)
    else if (entry.kind === 'note' && typeof entry.data['visit'] === 'string') {
      const visit = entry.data['visit']
      const beside = notes.get(visit)
      if (beside) beside.push(entry)
      else notes.set(visit, [entry])
    } else if (entry.kind === 'completion-request' && entry.data['worker'] === user) {
      const visit = said(entry.data['visit']) ?? ''
      asked.set(visit, [...(asked.get(visit) ?? []), ...faceRequest(entry)])
    }
  }
  const doubtful = visits.filter(({ id }) => asked.get(id)?.some(({ wish }) => wish === 'overlap'))
  const isInSight = (visit: Held) =>
    asked.has(visit.id) ||
    doubtful.some((other) => meet(visit, other)) ||
    isNear(visit, notes.get(visit.id) ?? [], user, near)
  // §8: where somebody lives under turvakielto stands on the card, and on no list.
  const isProtected = stated(profile, 'addressProtected') === 'yes'
  return {
    firstName: stated(profile, 'firstName') ?? '',
    lastName: stated(profile, 'lastName') ?? '',
    alerts: {
      ...given('allergies', stated(profile, 'allergies')),
      ...given('health', stated(profile, 'health')),
      ...given('needs', stated(profile, 'needs')),
      ...given('pets', stated(profile, 'pets')),
      noContact
    },
    ...(isProtected ? {} : given('town', stated(profile, 'town'))),
    ...given('placeAt', placeAt(profile)),
    decisions,
    visits: visits
      .filter(isInSight)
      .map((visit) => faceVisitOf(visit, notes.get(visit.id) ?? [], asked.get(visit.id), user))
      .filter((visit) => visit !== null)
      .sort((a, b) => startOf(a) - startOf(b))
  }
}

function faceDecision({ id, data }: Held): FaceDecision[] {
  const [product, from, until] = [said(data['product']), said(data['from']), said(data['until'])]
  return product && from && until ? [{ id, product, from: from as Day, until: until as Day }] : []
}

export function startOf(visit: FaceVisit): number {
  return instantIn(visit.startedAt ?? visit.plannedStart)
}

const instantIn = (moment: Moment | undefined): number =>
  moment === undefined ? 0 : Date.parse(moment)

/** Asked of each of half a year's visits, so it looks at no more than it must. */
function isNear({ data }: Held, notes: readonly Held[], user: UserId, near: Near): boolean {
  const at = instantIn(
    (said(data['startedAt']) ?? said(data['plannedStart'])) as Moment | undefined
  )
  if (near.from <= at && at < near.until) return true
  // What is unfinished stays in sight however old it is.
  if (data['state'] === 'started' && data['worker'] === user) return true
  const note = noteShown(notes, user)
  return note !== null && note.own && (note.state === 'draft' || note.beside !== undefined)
}

/** Whether both were there at one time: what one of them is held against stays in sight with it. */
function meet({ data: one }: Held, { data: other }: Held): boolean {
  const [own, theirs] = [spanOf(one), spanOf(other)]
  return own.start < theirs.end && theirs.start < own.end
}

const spanOf = (data: Held['data']) => ({
  start: instantIn(said(data['startedAt']) as Moment | undefined),
  end: instantIn(said(data['endedAt']) as Moment | undefined)
})

/** Every wish of `wishSchema`. One that a newer server knows is not shown. */
const wishes: Readonly<Record<Wish, true>> = {
  ending: true,
  note: true,
  times: true,
  overlap: true,
  reason: true
}

function faceRequest({ id, data, by, at }: Held): FaceRequest[] {
  const wish = said(data['wish'])
  if (wish === undefined || !Object.hasOwn(wishes, wish)) return []
  return [{ id, wish: wish as Wish, ...given('word', said(data['word'])), by, at }]
}

/** Every state of `visitStateSchema`: the vault's worker carries no schemas. */
const visitStates: Readonly<Record<VisitState, true>> = {
  planned: true,
  started: true,
  completed: true,
  'cancelled-in-time': true,
  'cancelled-late': true,
  'not-at-home': true,
  'cancelled-by-provider': true
}

const isVisitState = (state: unknown): state is VisitState =>
  typeof state === 'string' && Object.hasOwn(visitStates, state)

function faceVisitOf(
  entry: Held,
  notes: readonly Held[],
  asked: readonly FaceRequest[] | undefined,
  user: UserId
): FaceVisit | null {
  const { decision, product, worker, state } = entry.data
  if (!isVisitState(state) || typeof worker !== 'string') return null
  const moment = (key: string) => given(key, said(entry.data[key]) as Moment | undefined)
  return {
    id: entry.id,
    decision: (said(decision) ?? '') as EntryId,
    product: said(product) ?? '',
    worker: worker as UserId,
    ...moment('plannedStart'),
    ...moment('plannedEnd'),
    ...moment('startedAt'),
    ...moment('endedAt'),
    state,
    ...given('split', splitIn(entry.data['split'])),
    note: noteShown(notes, user),
    ...(said(entry.data['reason']) ? { isExplained: true } : {}),
    ...given('asked', asked),
    at: entry.at,
    by: entry.by
  }
}

function splitIn(value: unknown): Split | undefined {
  const { of, part } = (value ?? {}) as Partial<Split>
  return typeof of === 'number' && typeof part === 'number' ? { of, part } : undefined
}

/**
 * One's own note is the one to show, of its versions the one that stands.
 * What amends a note stands with it, and what was merged is open no more.
 */
function noteShown(notes: readonly Held[], user: UserId): FaceNote | null {
  const isOwn = ({ data }: Held) => data['author'] === user
  const [shown, ...others] = notes
    .filter(({ data }) => data['amends'] === undefined && data['mergedInto'] === undefined)
    .sort((one, other) => Number(isOwn(other)) - Number(isOwn(one)) || byStanding(one, other))
    .map((note) => ({
      id: note.id,
      state: note.data['state'] === 'signed' ? ('signed' as const) : ('draft' as const),
      own: isOwn(note)
    }))
  if (!shown) return null
  const { id, state, own } = shown
  const beside = others
    .filter((one) => own && one.own && one.state === 'draft')
    .map((one) => one.id)
  return { id, state, own, ...(beside.length > 0 ? { beside } : {}) }
}
