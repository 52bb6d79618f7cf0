import type { Messages } from './fi.ts'
import { account } from './sv/account.ts'
import { arrival } from './sv/arrival.ts'
import { behalf } from './sv/behalf.ts'
import { browser } from './sv/browser.ts'
import { answers } from './sv/answers.ts'
import { asking } from './sv/asking.ts'
import { awaiting } from './sv/awaiting.ts'
import { changes } from './sv/changes.ts'
import { certificate } from './sv/certificate.ts'
import { clients } from './sv/clients.ts'
import { disclosures } from './sv/disclosures.ts'
import { documents } from './sv/documents.ts'
import { door } from './sv/door.ts'
import { ending } from './sv/ending.ts'
import { field } from './sv/field.ts'
import { handover } from './sv/handover.ts'
import { hours } from './sv/hours.ts'
import { importing } from './sv/import.ts'
import { locking } from './sv/locking.ts'
import { office } from './sv/office.ts'
import { logs } from './sv/logs.ts'
import { lost } from './sv/lost.ts'
import { notice } from './sv/notice.ts'
import { prints } from './sv/prints.ts'
import { problems } from './sv/problems.ts'
import { scanning } from './sv/scanning.ts'
import { sheet } from './sv/sheet.ts'
import { ownLog } from './sv/own-log.ts'
import { oversight } from './sv/oversight.ts'
import { people } from './sv/people.ts'
import { profile } from './sv/profile.ts'
import { ready } from './sv/ready.ts'
import { rescue } from './sv/rescue.ts'
import { reviews } from './sv/reviews.ts'
import { rights } from './sv/rights.ts'
import { settings } from './sv/settings.ts'
import { statistics } from './sv/statistics.ts'
import { summaries } from './sv/summaries.ts'
import { templates } from './sv/templates.ts'
import { transfers } from './sv/transfers.ts'
import { usage } from './sv/usage.ts'
import { visiting } from './sv/visiting.ts'
import { ways } from './sv/ways.ts'
import { words } from './sv/words.ts'
import { week } from './sv/week.ts'

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
