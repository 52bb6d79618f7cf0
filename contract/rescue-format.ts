/** The name that a rescue file bears. It stands alone, so that the rescue page carries no validator. */
export const rescueFormat = 'kotikaynti/rescue/1'

/** The largest that the office takes; the rescue page writes several when there is more. */
export const rescueFileBytes = 25 * 1024 * 1024
