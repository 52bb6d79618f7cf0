import type { Statistic, StatisticsAnswer, ToldSum } from '#contract/statistics.ts'
import { visitOutcomes, type VisitOutcome } from '#contract/tally.ts'
import type { Told, ToldMonths } from './lines.ts'

const missedOutcomes = visitOutcomes.filter((outcome) => outcome !== 'completed')

const visitNumbers = [
  'visits',
  'completed',
  'missed',
  'plannedMinutes',
  'actualMinutes',
  'billableMinutes',
  ...missedOutcomes
] as const
export type VisitNumber = (typeof visitNumbers)[number]

function toldVisits({ month, organiser, product, figures, hidden }: Statistic): Told<VisitNumber> {
  const { visits = null, completed = null, outcomes, customers = null } = figures ?? {}
  const outcome = (name: VisitOutcome) => outcomes?.[name] ?? null
  return {
    ...{ month, organiser, product, customers, hidden },
    numbers: {
      visits,
      completed,
      missed: visits === null || completed === null ? null : visits - completed,
      plannedMinutes: figures?.plannedMinutes ?? null,
      actualMinutes: figures?.actualMinutes ?? null,
      billableMinutes: figures?.billableMinutes ?? null,
      'cancelled-in-time': outcome('cancelled-in-time'),
      'cancelled-late': outcome('cancelled-late'),
      'not-at-home': outcome('not-at-home'),
      'cancelled-by-provider': outcome('cancelled-by-provider')
    }
  }
}

export const visitMonths = ({
  from,
  until,
  statistics
}: Pick<StatisticsAnswer, 'from' | 'until' | 'statistics'>): ToldMonths<VisitNumber> => ({
  ...{ names: visitNumbers, from, until },
  told: statistics.map(toldVisits)
})

const toldSum =
  <N extends string>(name: N) =>
  ({ month, organiser, product, amount, hidden }: ToldSum): Told<N> => ({
    ...{ month, organiser, product, hidden, customers: null },
    numbers: { [name]: amount } as Record<N, number | null>
  })

export const grantedMonths = ({
  from,
  until,
  granted
}: Pick<StatisticsAnswer, 'from' | 'until' | 'granted'>): ToldMonths<'grantedMinutes'> => ({
  ...{ names: ['grantedMinutes'], from, until },
  told: granted.map(toldSum('grantedMinutes'))
})

export const expiringMonths = ({
  expiring: { from, until, sums }
}: Pick<StatisticsAnswer, 'expiring'>): ToldMonths<'decisions'> => ({
  ...{ names: ['decisions'], from, until },
  told: sums.map(toldSum('decisions'))
})
