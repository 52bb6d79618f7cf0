import { account } from './fi/account.ts'
import { answers } from './fi/answers.ts'
import { asking } from './fi/asking.ts'
import { awaiting } from './fi/awaiting.ts'
import { behalf } from './fi/behalf.ts'
import { certificate } from './fi/certificate.ts'
import { clients } from './fi/clients.ts'
import { disclosures } from './fi/disclosures.ts'
import { documents } from './fi/documents.ts'
import { ending } from './fi/ending.ts'
import { handover } from './fi/handover.ts'
import { hours } from './fi/hours.ts'
import { importing } from './fi/import.ts'
import { logs } from './fi/logs.ts'
import { office } from './fi/office.ts'
import { notice } from './fi/notice.ts'
import { oversight } from './fi/oversight.ts'
import { people } from './fi/people.ts'
import { prints } from './fi/prints.ts'
import { profile } from './fi/profile.ts'
import { rescue } from './fi/rescue.ts'
import { reviews } from './fi/reviews.ts'
import { rights } from './fi/rights.ts'
import { settings } from './fi/settings.ts'
import { statistics } from './fi/statistics.ts'
import { summaries } from './fi/summaries.ts'
import { templates } from './fi/templates.ts'
import { transfers } from './fi/transfers.ts'
import { usage } from './fi/usage.ts'
import { visiting } from './fi/visiting.ts'
import { week } from './fi/week.ts'

/** The Finnish of the office, which no tablet carries at first: every area of words of its own. */
export const atOffice = {
  ...office,
  ...account,
  ...answers,
  ...asking,
  ...awaiting,
  ...behalf,
  ...certificate,
  ...disclosures,
  ...documents,
  ...clients,
  ...ending,
  ...handover,
  ...hours,
  ...importing,
  ...logs,
  ...notice,
  ...oversight,
  ...people,
  ...prints,
  ...profile,
  ...rescue,
  ...reviews,
  ...rights,
  ...settings,
  ...statistics,
  ...summaries,
  ...templates,
  ...transfers,
  ...usage,
  ...visiting,
  ...week
} as const
