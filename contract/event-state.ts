import type { ServiceEventState, EventStep, ServiceEvent } from './service-event.ts'

/** Which states may follow which. What is settled is only credited: the portal itself lets nobody take it out. */
const following: Readonly<Record<ServiceEventState, readonly ServiceEventState[]>> = {
  exported: ['draft', 'recorded', 'not-told', 'withdrawn'],
  draft: ['recorded', 'not-told', 'withdrawn'],
  recorded: ['under-review', 'approved', 'withdrawn'],
  'under-review': ['recorded', 'approved', 'withdrawn'],
  approved: ['settled', 'withdrawn'],
  settled: ['paid', 'credited'],
  paid: ['credited'],
  // A portal that takes it after all takes what is told anew: this step is taken back first.
  'not-told': [],
  credited: [],
  withdrawn: []
}

/** How an event may begin: by a file, by hand, as what the portal calls a draft, or as what no portal takes any more. */
const beginning: readonly ServiceEventState[] = ['exported', 'draft', 'recorded', 'not-told']

export const nextStates = (state: ServiceEventState | null): readonly ServiceEventState[] =>
  state === null ? beginning : following[state]

export function stateOf({ history }: Pick<ServiceEvent, 'history'>): ServiceEventState {
  const last = history.at(-1)
  if (!last) throw new Error('an event has a state')
  return last.state
}

/** Whether the portal holds it, was asked to, or is not to be: its visit is not told again. */
export function stands(event: Pick<ServiceEvent, 'history'>): boolean {
  const state = stateOf(event)
  return state !== 'credited' && state !== 'withdrawn'
}

/** In the portal so that its settlement takes it along. */
export function isRecorded(state: ServiceEventState | null): boolean {
  const notThere = ['exported', 'draft', 'not-told', 'credited', 'withdrawn']
  return state !== null && !notThere.includes(state)
}

/** After settlement only the organiser's credit undoes it. */
export const isSettled = (state: ServiceEventState): boolean =>
  state === 'settled' || state === 'paid'

/** What is not to be seen in the record's own words needs somebody's. */
export const needsReason = (state: ServiceEventState): boolean =>
  state === 'credited' || state === 'withdrawn' || state === 'not-told'

type Made = Omit<EventStep, 'state' | 'takesBack'>

/** Null: it may not go there from here. */
export function moved(event: ServiceEvent, to: ServiceEventState, made: Made): ServiceEvent | null {
  if (!following[stateOf(event)].includes(to)) return null
  return { ...event, history: [...event.history, { ...made, state: to }] }
}

/** The steps that stand: what was taken back, and what took it back, aside. */
function standingSteps(history: readonly EventStep[]): EventStep[] {
  const steps: EventStep[] = []
  for (const step of history) {
    if (step.takesBack) steps.pop()
    else steps.push(step)
  }
  return steps
}

/**
 * The last step was a mistake: the event is again as it was before, and both steps stay to be seen. What has
 * no step before it is withdrawn: nothing was told after all.
 */
export function takenBack(event: ServiceEvent, made: Made): ServiceEvent | null {
  const steps = standingSteps(event.history)
  if (steps.length === 0) return null
  const state = steps.at(-2)?.state ?? 'withdrawn'
  return { ...event, history: [...event.history, { ...made, state, takesBack: true }] }
}

/** The shortest way along which a portal can have come from one state to another. Null: there is none. */
export function stepsTo(
  from: ServiceEventState | null,
  to: ServiceEventState
): ServiceEventState[] | null {
  const ways: ServiceEventState[][] = nextStates(from)
    .filter((next) => next !== 'exported')
    .map((next) => [next])
  const met = new Set<ServiceEventState>()
  for (const way of ways) {
    const last = way.at(-1)
    if (last === undefined || met.has(last)) continue
    if (last === to) return way
    met.add(last)
    for (const next of following[last]) ways.push([...way, next])
  }
  return null
}
