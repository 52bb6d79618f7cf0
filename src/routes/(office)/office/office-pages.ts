import type { SignedInUser } from '#contract/session.ts'
import { mayReadStatistics } from '#contract/statistics.ts'
import { mayTransfer } from '#contract/transfers.ts'
import { say } from '#lib/i18n/say.ts'
import type { IconName } from '#lib/ui/Icon.svelte'

export interface OfficePage {
  readonly href: string
  readonly label: string
  readonly icon: IconName
}

/** The pages of the office in the order of a day's work, for whoever may open them. */
export function officePages(me: SignedInUser | null): OfficePage[] {
  const offered: [OfficePage, boolean?][] = [
    [{ href: '/office', label: say('office.nav.situation'), icon: 'home' }],
    [{ href: '/office/clients', label: say('office.nav.clients'), icon: 'people' }],
    [{ href: '/office/visits', label: say('week.title'), icon: 'calendar' }],
    [{ href: '/office/notes', label: say('office.nav.notes'), icon: 'note' }],
    [{ href: '/office/summaries', label: say('summaries.title'), icon: 'check' }],
    [{ href: '/office/ending', label: say('office.nav.ending'), icon: 'shield' }],
    [
      { href: '/office/transfers', label: say('transfers.title'), icon: 'outbox' },
      me !== null && mayTransfer(me)
    ],
    [{ href: '/office/requests', label: say('rights.title'), icon: 'question' }],
    [{ href: '/office/disclosures', label: say('disclosures.title'), icon: 'eye' }],
    [
      { href: '/office/statistics', label: say('statistics.title'), icon: 'chart' },
      me !== null && mayReadStatistics(me)
    ],
    [{ href: '/office/log', label: say('logs.title'), icon: 'clock' }],
    [{ href: '/office/oversight', label: say('oversight.title'), icon: 'lock' }],
    [{ href: '/office/import', label: say('import.title'), icon: 'plus' }],
    [{ href: '/office/users', label: say('office.nav.users'), icon: 'key' }],
    [{ href: '/office/settings', label: say('settings.title'), icon: 'settings' }]
  ]
  return offered.filter(([, isOffered = true]) => isOffered).map(([page]) => page)
}

/** What the command palette offers: every page, and what is opened from none of them. */
export const officeCommands = (pages: readonly OfficePage[]): OfficePage[] => [
  ...pages,
  { href: '/office/clients/new', label: say('office.newCustomership'), icon: 'plus' },
  { href: '/office/account', label: say('account.title'), icon: 'user' }
]
