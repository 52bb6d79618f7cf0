import { daysBetween, type Day, type Moment } from '#contract/day.ts'
import type { DocumentType } from '#contract/document.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { IncidentKind } from '#contract/incident.ts'
import type { Month } from '#contract/month.ts'
import type { Situation } from '#contract/office.ts'
import type { TransferAlarm } from '#contract/transfer-alarm.ts'
import { alertDays } from '#contract/rights-clock.ts'
import type { RightsKind } from '#contract/rights-request.ts'
import type { ClientTab } from '#lib/customerships/open-client.ts'

export interface SituationLine {
  readonly id: string
  readonly name: string
  /** Where a press leads: a customership's tab, or a page. */
  readonly to: { customership: CustomershipId; tab: ClientTab } | { href: string }
  readonly day?: Day
  readonly at?: Moment | null
  readonly count?: number
  readonly type?: DocumentType
  readonly month?: Month
  readonly alarm?: TransferAlarm
  readonly request?: RightsKind
  readonly incident?: IncidentKind
}

export interface SituationGroup {
  readonly kind:
    | 'awaiting'
    | 'transfers'
    | 'missing'
    | 'requests'
    | 'incidents'
    | 'untold'
    | 'reviews'
    | 'endings'
    | 'overruns'
    | 'runningOut'
    | 'expiring'
    | 'permits'
    | 'papers'
    | 'suggestions'
    | 'silentDevices'
    | 'prints'
  /** Somebody may be hurt, or a note lost. */
  readonly alert: boolean
  readonly lines: readonly SituationLine[]
}

/** What needs a person now beside the concerns, the gravest first; a group without lines is not there. */
export function linesOf(situation: Situation, today: Day): SituationGroup[] {
  const client = (customership: CustomershipId, tab: ClientTab) => ({ customership, tab })
  const groups: SituationGroup[] = [
    {
      kind: 'missing',
      alert: true,
      lines: situation.missing.map(({ deviceName, userName, count }) => ({
        id: `${userName} ${deviceName}`,
        name: `${userName} · ${deviceName}`,
        count,
        to: { href: '/office/users' }
      }))
    },
    {
      kind: 'incidents',
      alert: true,
      lines: situation.incidents.map(({ id, kind, noticedAt, authorityAt }) => ({
        id,
        name: '',
        incident: kind,
        // GDPR Art. 33: the clock runs until it is settled whether the authority is told.
        at: authorityAt === null ? noticedAt : null,
        to: { href: '/office/oversight/incidents' }
      }))
    },
    {
      kind: 'untold',
      alert: false,
      lines:
        situation.untold > 0
          ? [
              {
                id: 'untold',
                name: '',
                count: situation.untold,
                to: { href: '/office/oversight/notice' }
              }
            ]
          : []
    },
    {
      kind: 'awaiting',
      alert: false,
      lines:
        situation.awaiting > 0
          ? [{ id: 'awaiting', name: '', count: situation.awaiting, to: { href: '/office/notes' } }]
          : []
    },
    {
      kind: 'requests',
      alert: situation.requests.some(({ dueOn }) => daysBetween(today, dueOn) < alertDays),
      lines: situation.requests.map(({ request, number, name, kind, dueOn }) => ({
        id: request,
        name: name ?? number,
        request: kind,
        day: dueOn,
        to: { href: `/office/requests/${request}` }
      }))
    },
    {
      kind: 'endings',
      alert: false,
      lines: situation.endings
        .map(({ customership, name, deleteBy }) => ({
          id: customership,
          name,
          day: deleteBy as Day,
          to: client(customership, 'ending')
        }))
        .sort((a, b) => a.day.localeCompare(b.day))
    },
    {
      kind: 'transfers',
      alert: false,
      lines: situation.transfers.map(({ alarm, month, count }) => ({
        id: `${alarm} ${month}`,
        name: '',
        alarm,
        month,
        count,
        to: { href: `/office/transfers?month=${month}` }
      }))
    },
    {
      kind: 'overruns',
      alert: false,
      lines: situation.overruns
        .map(({ customership, name, overMinutes }, index) => ({
          id: `${customership} ${index}`,
          name,
          count: overMinutes,
          to: client(customership, 'decisions')
        }))
        .sort((a, b) => b.count - a.count)
    },
    {
      kind: 'runningOut',
      alert: false,
      lines: situation.runningOut
        .map(({ customership, name, leftMinutes }, index) => ({
          id: `${customership} ${index}`,
          name,
          count: leftMinutes,
          to: client(customership, 'decisions')
        }))
        .sort((a, b) => a.count - b.count)
    },
    {
      kind: 'expiring',
      alert: false,
      lines: situation.expiring
        .map(({ customership, name, until }, index) => ({
          id: `${customership} ${index}`,
          name,
          day: until as Day,
          to: client(customership, 'decisions')
        }))
        .sort((a, b) => a.day.localeCompare(b.day))
    },
    {
      kind: 'permits',
      alert: false,
      lines: situation.permits
        .map(({ customership, name, document, type, until }) => ({
          id: document,
          name,
          type,
          day: until,
          to: client(customership, 'documents')
        }))
        .sort((a, b) => a.day.localeCompare(b.day))
    },
    {
      kind: 'papers',
      alert: false,
      lines: situation.papers
        .map(({ customership, name, document, type, since }) => ({
          id: document,
          name,
          type,
          day: since,
          to: client(customership, 'documents')
        }))
        .sort((a, b) => a.day.localeCompare(b.day))
    },
    {
      kind: 'suggestions',
      alert: false,
      lines: situation.suggestions.map(({ customership, name, count }) => ({
        id: customership,
        name,
        count,
        to: client(customership, 'profile')
      }))
    },
    {
      kind: 'prints',
      alert: false,
      lines: situation.prints.map(({ user, userName, count, since }) => ({
        id: user,
        name: userName,
        count,
        day: since,
        to: { href: `/office/users/${user}` }
      }))
    },
    {
      kind: 'reviews',
      alert: false,
      lines: situation.reviewOverdueSince
        ? [
            {
              id: 'reviews',
              name: '',
              day: situation.reviewOverdueSince,
              to: { href: '/office/log?view=reviews' }
            }
          ]
        : []
    },
    {
      kind: 'silentDevices',
      alert: false,
      lines: situation.silentDevices.map(({ name, userName, lastContactAt, holds }, index) => ({
        id: `${name} ${index}`,
        name: `${userName} · ${name}`,
        at: lastContactAt,
        count: holds,
        to: { href: '/office/users' }
      }))
    }
  ]
  return groups.filter((group) => group.lines.length > 0)
}
