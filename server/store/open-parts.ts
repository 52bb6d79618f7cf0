import { Database } from './database.ts'
import { register as registerSchema } from './migrations/0001-register.ts'
import { search as searchSchema } from './migrations/0001-search.ts'
import { suppression as suppressionSchema } from './migrations/0001-suppression.ts'
import { entriesOfKind } from './migrations/0002-entries-of-kind.ts'
import { documentPages } from './migrations/0003-document-pages.ts'
import { entriesByTime } from './migrations/0003-entries-by-time.ts'
import { planning } from './migrations/0004-planning.ts'
import { importMappings } from './migrations/0005-import-mappings.ts'
import { backups } from './migrations/0006-backups.ts'
import { byteScan } from './migrations/0007-byte-scan.ts'
import { packages } from './migrations/0008-packages.ts'
import { tallies } from './migrations/0009-tallies.ts'
import { endings } from './migrations/0010-endings.ts'
import { passkeys } from './migrations/0011-passkeys.ts'
import { decided } from './migrations/0014-decided.ts'
import { prints } from './migrations/0015-prints.ts'
import { disclosures } from './migrations/0016-disclosures.ts'
import { disclosedContent } from './migrations/0017-disclosed-content.ts'
import { emblem } from './migrations/0018-emblem.ts'
import { grantedTallies } from './migrations/0019-granted-tallies.ts'
import { trail as trailSchema } from './migrations/0020-trail.ts'
import { rightsRequests } from './migrations/0021-rights-requests.ts'
import { answers } from './migrations/0022-answers.ts'
import { notices as noticesSchema } from './migrations/0023-notices.ts'
import { reviews as reviewsSchema } from './migrations/0024-reviews.ts'
import { openPrints } from './migrations/0025-open-prints.ts'
import { persisted } from './migrations/0026-persisted.ts'
import { guesses as guessesSchema } from './migrations/0028-guesses.ts'
import { openEngine, type Place } from './open-engines.ts'
import type { RegisterTables, SearchTables, SuppressionTables } from './tables.ts'

const registerMigrations = {
  '0001-register': registerSchema,
  '0002-entries-of-kind': entriesOfKind,
  '0003-entries-by-time': entriesByTime,
  '0003-document-pages': documentPages,
  '0004-planning': planning,
  '0005-import-mappings': importMappings,
  '0006-backups': backups,
  '0007-byte-scan': byteScan,
  '0008-packages': packages,
  '0009-tallies': tallies,
  '0010-endings': endings,
  '0011-passkeys': passkeys,
  '0014-decided': decided,
  '0015-prints': prints,
  '0016-disclosures': disclosures,
  '0017-disclosed-content': disclosedContent,
  '0018-emblem': emblem,
  '0019-granted-tallies': grantedTallies,
  '0020-trail': trailSchema,
  '0021-rights-requests': rightsRequests,
  '0022-answers': answers,
  '0023-notices': noticesSchema,
  '0024-reviews': reviewsSchema,
  '0025-open-prints': openPrints,
  '0026-persisted': persisted,
  '0028-guesses': guessesSchema
}

/** The newest migration's name: a register of another version is neither backed up nor restored blindly. */
export const registerVersion = Object.keys(registerMigrations).toSorted().at(-1) ?? ''

/** Brings a register of an older version to this one. */
export async function openRegister(place: Place): Promise<Database<RegisterTables>> {
  return Database.open<RegisterTables>(await openEngine(place, 'register'), registerMigrations)
}

/** Makes every part of a store, or brings it to this version. */
export async function prepareStore(place: Place): Promise<void> {
  for (const opening of [openRegister, openSearch, openSuppression])
    await (await opening(place)).close()
}

export async function openSearch(place: Place): Promise<Database<SearchTables>> {
  return Database.open<SearchTables>(await openEngine(place, 'search'), {
    '0001-search': searchSchema
  })
}

export async function openSuppression(place: Place): Promise<Database<SuppressionTables>> {
  return Database.open<SuppressionTables>(await openEngine(place, 'suppression'), {
    '0001-suppression': suppressionSchema
  })
}
