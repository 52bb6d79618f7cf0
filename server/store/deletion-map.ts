import type { RegisterTables, SearchTables, SuppressionTables } from './tables.ts'

/**
 * `erased` and `erased-when-purged` go with the customership; `kept` may stay because it holds ids
 * and codes only; `none` has nothing of any customership in it.
 */
type Fate = 'erased' | 'erased-when-purged' | 'kept' | 'none'

interface Place<T> {
  readonly fate: Fate
  /** Where the customership's id stands. */
  readonly by: (keyof T & string) | null
  /** Rows so large that only a few are erased at once, told apart by these columns. */
  readonly large?: readonly (keyof T & string)[]
  readonly columns: Readonly<Record<keyof T & string, Content>>
}

/** What a column may hold. Free text about a client stands in `sealed` ones only. */
type Content =
  | 'id'
  | 'moment'
  | 'day'
  | 'month'
  | 'number'
  | 'code'
  | 'sealed'
  | 'keyed-hash'
  | 'hash'
  | 'salt'
  | 'setting'
  | 'user-name'
  | 'certificate'
  | 'marks'

type DeletionMap<Tables> = { readonly [T in keyof Tables]: Place<Tables[T]> }

/** SECURITY 21: every table and column of every file. One that is not here fails the check. */
export const registerMap: DeletionMap<RegisterTables> = {
  customerships: {
    fate: 'erased',
    by: 'id',
    columns: {
      id: 'id',
      revision: 'number',
      state: 'code',
      startDay: 'day',
      endDay: 'day',
      deleteBy: 'day',
      endReason: 'code',
      restrictedOn: 'day'
    }
  },
  entries: {
    fate: 'erased',
    by: 'customership',
    columns: {
      customership: 'id',
      id: 'id',
      kind: 'code',
      revision: 'number',
      at: 'moment',
      by: 'id',
      removed: 'number',
      sealed: 'sealed',
      worker: 'id',
      day: 'day',
      fromDay: 'day',
      untilDay: 'day',
      minutes: 'number',
      product: 'code',
      state: 'code',
      tasks: 'code'
    }
  },
  operations: {
    fate: 'erased',
    by: 'customership',
    columns: {
      id: 'id',
      device: 'id',
      seq: 'number',
      customership: 'id',
      author: 'id',
      outcome: 'code',
      code: 'code',
      revision: 'number',
      at: 'moment',
      mac: 'keyed-hash',
      isOrphan: 'number',
      decidedOutcome: 'code',
      decidedCode: 'code',
      decidedRevision: 'number',
      decidedAt: 'moment',
      decidedBy: 'id',
      decidedReason: 'sealed'
    }
  },
  heldOperations: {
    fate: 'erased',
    by: 'customership',
    columns: {
      id: 'id',
      device: 'id',
      seq: 'number',
      customership: 'id',
      author: 'id',
      code: 'code',
      receivedAt: 'moment',
      isOrphan: 'number',
      sealed: 'sealed',
      settledAt: 'moment'
    }
  },
  pages: {
    fate: 'erased',
    by: 'customership',
    large: ['document', 'page'],
    columns: {
      customership: 'id',
      document: 'id',
      page: 'number',
      by: 'id',
      bytes: 'number',
      mediaType: 'code',
      sealed: 'sealed'
    }
  },
  pageParts: {
    fate: 'erased',
    by: 'customership',
    large: ['document', 'page', 'part'],
    columns: {
      customership: 'id',
      document: 'id',
      page: 'number',
      part: 'number',
      parts: 'number',
      by: 'id',
      bytes: 'number',
      sealed: 'sealed'
    }
  },
  packages: {
    fate: 'erased',
    by: 'customership',
    columns: {
      customership: 'id',
      number: 'code',
      language: 'code',
      madeAt: 'moment',
      by: 'id',
      revision: 'number',
      recordBytes: 'number',
      recordSha256: 'hash',
      archiveBytes: 'number',
      archiveSha256: 'hash',
      passphrase: 'sealed'
    }
  },
  packagePieces: {
    fate: 'erased',
    by: 'customership',
    large: ['number', 'part', 'piece'],
    columns: {
      customership: 'id',
      number: 'code',
      part: 'code',
      piece: 'number',
      sealed: 'sealed'
    }
  },
  passageReviews: {
    fate: 'erased',
    by: 'customership',
    columns: { customership: 'id', request: 'id', sealed: 'sealed' }
  },
  answers: {
    fate: 'erased',
    by: 'customership',
    columns: {
      customership: 'id',
      request: 'id',
      kind: 'code',
      for: 'code',
      number: 'code',
      language: 'code',
      madeAt: 'moment',
      by: 'id',
      revision: 'number',
      paperBytes: 'number',
      paperSha256: 'hash',
      archiveBytes: 'number',
      archiveSha256: 'hash',
      passphrase: 'sealed'
    }
  },
  answerPieces: {
    fate: 'erased',
    by: 'customership',
    large: ['number', 'part', 'piece'],
    columns: {
      customership: 'id',
      request: 'id',
      number: 'code',
      part: 'code',
      piece: 'number',
      sealed: 'sealed'
    }
  },
  postponedOperations: {
    fate: 'none',
    by: null,
    columns: { id: 'id', device: 'id', firstAt: 'moment' }
  },
  receivedNumbers: { fate: 'none', by: null, columns: { device: 'id', seq: 'number' } },
  holdings: {
    fate: 'erased-when-purged',
    by: 'customership',
    columns: {
      device: 'id',
      customership: 'id',
      sentAt: 'moment',
      sentRevision: 'number',
      heldRevision: 'number',
      heldAt: 'moment',
      purgedAt: 'moment'
    }
  },
  endings: {
    fate: 'erased',
    by: 'customership',
    columns: { customership: 'id', holds: 'number', sealed: 'sealed' }
  },
  // §13: that somebody asked, what and when, and how it ended.
  rightsRequests: {
    fate: 'kept',
    by: 'customership',
    columns: {
      id: 'id',
      number: 'code',
      customership: 'id',
      kind: 'code',
      who: 'code',
      identified: 'code',
      receivedOn: 'day',
      registeredAt: 'moment',
      registeredBy: 'id',
      extensionGround: 'code',
      extensionToldOn: 'day',
      outcome: 'code',
      answeredOn: 'day',
      channel: 'code',
      closedAt: 'moment'
    }
  },
  rightsWorks: {
    fate: 'erased',
    by: 'customership',
    columns: { request: 'id', customership: 'id', sealed: 'sealed' }
  },
  deletions: {
    fate: 'kept',
    by: 'customership',
    columns: {
      customership: 'id',
      number: 'code',
      cause: 'code',
      by: 'id',
      plannedAt: 'moment',
      entries: 'number',
      kinds: 'certificate',
      handOver: 'code',
      devices: 'certificate'
    }
  },
  // Until a scan has found none of them: beginnings of ciphertexts, inverted, which no key opens.
  marks: {
    fate: 'kept',
    by: 'customership',
    columns: { customership: 'id', marks: 'marks', scannedAt: 'moment' }
  },
  certificates: {
    fate: 'kept',
    by: 'customership',
    columns: { number: 'code', customership: 'id', value: 'certificate' }
  },
  uses: {
    fate: 'kept',
    by: 'customership',
    columns: {
      customership: 'id',
      user: 'id',
      device: 'id',
      kind: 'code',
      purpose: 'code',
      at: 'moment',
      line: 'number',
      salt: 'salt'
    }
  },
  // What was committed to tells nobody about whom, once the key has gone that its salt is drawn from.
  trail: {
    fate: 'none',
    by: null,
    columns: {
      number: 'number',
      at: 'moment',
      kind: 'code',
      commitment: 'hash',
      link: 'hash'
    }
  },
  checkpoints: {
    fate: 'none',
    by: null,
    columns: {
      number: 'number',
      at: 'moment',
      link: 'hash',
      generation: 'hash',
      key: 'code',
      sig: 'code'
    }
  },
  acts: {
    fate: 'none',
    by: null,
    columns: {
      line: 'number',
      salt: 'salt',
      at: 'moment',
      user: 'id',
      act: 'code',
      subject: 'id',
      refused: 'number'
    }
  },
  // A sheet of a day: whose day it was stands in the uses.
  prints: {
    fate: 'none',
    by: null,
    columns: {
      id: 'id',
      kind: 'code',
      user: 'id',
      device: 'id',
      at: 'moment',
      day: 'day',
      destroyedAt: 'moment',
      destroyedBy: 'id'
    }
  },
  // Which lines of the log were looked at, and what was found: whose they were is in the log alone.
  reviews: {
    fate: 'none',
    by: null,
    columns: {
      id: 'id',
      fromDay: 'day',
      untilDay: 'day',
      drawn: 'number',
      unusual: 'number',
      startedAt: 'moment',
      startedBy: 'id',
      closedAt: 'moment',
      closedBy: 'id'
    }
  },
  reviewLines: {
    fate: 'none',
    by: null,
    columns: {
      review: 'id',
      line: 'number',
      revision: 'number',
      finding: 'code',
      consequence: 'code',
      judgedBy: 'id',
      judgedAt: 'moment'
    }
  },
  disclosures: {
    fate: 'kept',
    by: 'customership',
    columns: {
      id: 'id',
      at: 'moment',
      by: 'id',
      customership: 'id',
      kind: 'code',
      reference: 'code',
      recipient: 'code',
      channel: 'code',
      ground: 'code',
      content: 'code',
      fingerprint: 'hash',
      receiptAt: 'moment',
      receiptCode: 'code',
      line: 'number',
      salt: 'salt',
      receiptLine: 'number',
      receiptSalt: 'salt'
    }
  },
  users: {
    fate: 'none',
    by: null,
    columns: {
      id: 'id',
      username: 'user-name',
      displayName: 'user-name',
      role: 'code',
      tasks: 'code',
      state: 'code',
      passwordHash: 'hash',
      mustChangePassword: 'number',
      pledgedAt: 'moment',
      trainedAt: 'moment',
      noticeVersion: 'number',
      noticeAt: 'moment',
      lastSeenAt: 'moment'
    }
  },
  codes: { fate: 'none', by: null, columns: { hash: 'hash', user: 'id', validUntil: 'moment' } },
  sessions: {
    fate: 'none',
    by: null,
    columns: {
      hash: 'hash',
      user: 'id',
      device: 'id',
      createdAt: 'moment',
      lastUsedAt: 'moment',
      provedAt: 'moment'
    }
  },
  guesses: {
    fate: 'none',
    by: null,
    columns: { name: 'hash', count: 'number', last: 'moment' }
  },
  challenges: {
    fate: 'none',
    by: null,
    columns: { name: 'hash', for: 'hash', until: 'moment' }
  },
  passkeys: {
    fate: 'none',
    by: null,
    columns: {
      id: 'id',
      user: 'id',
      credential: 'setting',
      publicKey: 'setting',
      counter: 'number',
      name: 'setting',
      createdAt: 'moment',
      lastUsedAt: 'moment',
      backedUp: 'number'
    }
  },
  devices: {
    fate: 'none',
    by: null,
    columns: {
      id: 'id',
      user: 'id',
      name: 'setting',
      signingKey: 'setting',
      cookieHash: 'hash',
      enrolledAt: 'moment',
      revokedAt: 'moment',
      wipedAt: 'moment',
      lastContactAt: 'moment',
      leaseUntil: 'moment',
      outboxLast: 'number',
      outboxWaiting: 'number',
      receivedThrough: 'number',
      safeThrough: 'number',
      vaultEpoch: 'number',
      unlockUntil: 'moment',
      persisted: 'code'
    }
  },
  organisation: {
    fate: 'none',
    by: null,
    columns: { id: 'number', revision: 'number', value: 'setting' }
  },
  // The notice is public, and names whom the settings name.
  notices: {
    fate: 'none',
    by: null,
    columns: {
      version: 'number',
      effectiveFrom: 'day',
      isSignificant: 'number',
      publishedAt: 'moment',
      by: 'id',
      value: 'setting'
    }
  },
  noticeTellings: {
    fate: 'erased',
    by: 'customership',
    columns: {
      version: 'number',
      customership: 'id',
      way: 'code',
      day: 'day',
      by: 'id',
      at: 'moment'
    }
  },
  // Art. 33(5): what happened stays documented. Customerships are named by ids alone, inside the seal, as logs name them.
  incidents: {
    fate: 'none',
    by: null,
    columns: {
      id: 'id',
      revision: 'number',
      kind: 'code',
      noticedAt: 'moment',
      authorityAt: 'moment',
      closedAt: 'moment',
      sealed: 'sealed'
    }
  },
  emblem: {
    fate: 'none',
    by: null,
    columns: {
      id: 'number',
      mediaType: 'code',
      width: 'number',
      height: 'number',
      bytes: 'setting'
    }
  },
  importMappings: {
    fate: 'none',
    by: null,
    columns: { headings: 'setting', targets: 'setting', at: 'moment' }
  },
  // Sums of what deleted customerships were in the statistics.
  tallies: {
    fate: 'none',
    by: null,
    columns: {
      month: 'month',
      organiser: 'code',
      product: 'code',
      customers: 'number',
      completed: 'number',
      cancelledInTime: 'number',
      cancelledLate: 'number',
      notAtHome: 'number',
      cancelledByProvider: 'number',
      plannedMinutes: 'number',
      actualMinutes: 'number',
      billableMinutes: 'number',
      grantedCustomers: 'number',
      grantedMinutes: 'number'
    }
  },
  facts: { fate: 'none', by: null, columns: { name: 'code', value: 'code' } }
}

export const searchMap: DeletionMap<SearchTables> = {
  tokens: {
    fate: 'erased',
    by: 'customership',
    columns: { token: 'keyed-hash', customership: 'id' }
  },
  indexed: {
    fate: 'erased',
    by: 'customership',
    columns: { customership: 'id', revision: 'number' }
  }
}

export const suppressionMap: DeletionMap<SuppressionTables> = {
  suppressed: { fate: 'none', by: null, columns: { mac: 'keyed-hash' } }
}

/**
 * Every kind of file that a running server keeps, and what of a customership may lie in it: `sealed`
 * values and ids, `keys`, keyed `tokens`, or nothing. A file that no kind names fails the check, and
 * the byte scan reads them all, named or not.
 */
export const fileKinds: readonly {
  readonly folder: 'data' | 'keys'
  readonly name: RegExp
  readonly holds: 'sealed' | 'tokens' | 'keys' | 'none'
}[] = [
  { folder: 'data', name: /^register\.db(-wal|-shm)?$/, holds: 'sealed' },
  { folder: 'data', name: /^search\.db(-wal|-shm)?$/, holds: 'tokens' },
  { folder: 'data', name: /^suppression\.db(-wal|-shm)?$/, holds: 'none' },
  // One server, one restore, one backup at a time; empty, or naming steps.
  { folder: 'data', name: /^(store|backup)\.lock$/, holds: 'none' },
  { folder: 'data', name: /^restore-unfinished(\.next)?$/, holds: 'none' },
  // Says that the register lives in PostgreSQL now.
  { folder: 'data', name: /^moved-to-postgresql$/, holds: 'none' },
  // Whole registers on their way out or in, or put aside: sealed as the register is.
  {
    folder: 'data',
    name: /^(backing-up|restoring|restoring-from-files|before-restore-[^/]+)\/.+$/,
    holds: 'sealed'
  },
  // Marks practice data.
  { folder: 'data', name: /^harjoitusaineisto$/, holds: 'none' },
  { folder: 'keys', name: /^key-store\.db(-journal)?$/, holds: 'keys' },
  { folder: 'keys', name: /^epochs\.db(-journal)?$/, holds: 'keys' },
  { folder: 'keys', name: /^suppression\.db(-wal|-shm)?$/, holds: 'none' },
  // One change of the keys at a time.
  { folder: 'keys', name: /^keys\.lock$/, holds: 'none' },
  { folder: 'keys', name: /^root\.key$/, holds: 'none' },
  // What the trail was, day by day: hashes and signatures.
  { folder: 'keys', name: /^trail-checkpoints\.txt$/, holds: 'none' }
]
