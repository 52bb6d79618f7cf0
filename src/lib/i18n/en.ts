import type { Messages } from './fi.ts'
import { account } from './en/account.ts'
import { arrival } from './en/arrival.ts'
import { behalf } from './en/behalf.ts'
import { browser } from './en/browser.ts'
import { answers } from './en/answers.ts'
import { asking } from './en/asking.ts'
import { awaiting } from './en/awaiting.ts'
import { changes } from './en/changes.ts'
import { certificate } from './en/certificate.ts'
import { clients } from './en/clients.ts'
import { disclosures } from './en/disclosures.ts'
import { documents } from './en/documents.ts'
import { door } from './en/door.ts'
import { ending } from './en/ending.ts'
import { field } from './en/field.ts'
import { handover } from './en/handover.ts'
import { hours } from './en/hours.ts'
import { importing } from './en/import.ts'
import { locking } from './en/locking.ts'
import { office } from './en/office.ts'
import { logs } from './en/logs.ts'
import { lost } from './en/lost.ts'
import { notice } from './en/notice.ts'
import { prints } from './en/prints.ts'
import { problems } from './en/problems.ts'
import { scanning } from './en/scanning.ts'
import { sheet } from './en/sheet.ts'
import { ownLog } from './en/own-log.ts'
import { oversight } from './en/oversight.ts'
import { people } from './en/people.ts'
import { profile } from './en/profile.ts'
import { ready } from './en/ready.ts'
import { rescue } from './en/rescue.ts'
import { reviews } from './en/reviews.ts'
import { rights } from './en/rights.ts'
import { settings } from './en/settings.ts'
import { statistics } from './en/statistics.ts'
import { summaries } from './en/summaries.ts'
import { templates } from './en/templates.ts'
import { transfers } from './en/transfers.ts'
import { usage } from './en/usage.ts'
import { visiting } from './en/visiting.ts'
import { ways } from './en/ways.ts'
import { words } from './en/words.ts'
import { week } from './en/week.ts'

export const messages: Messages = {
  ...words,
  ...problems,
  ...door,
  ...account,
  ...arrival,
  ...browser,
  ...changes,
  ...field,
  ...visiting,
  ...locking,
  ...office,
  ...answers,
  ...asking,
  ...awaiting,
  ...behalf,
  ...certificate,
  ...importing,
  ...disclosures,
  ...documents,
  ...clients,
  ...ending,
  ...handover,
  ...hours,
  ...scanning,
  ...sheet,
  ...logs,
  ...lost,
  ...ownLog,
  ...notice,
  ...oversight,
  ...people,
  ...prints,
  ...profile,
  ...ready,
  ...rescue,
  ...reviews,
  ...rights,
  ...usage,
  ...settings,
  ...summaries,
  ...templates,
  ...transfers,
  ...statistics,
  ...week,
  ...ways
}
