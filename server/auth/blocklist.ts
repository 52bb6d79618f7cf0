/** Beginnings that guessing programs try first, in the languages of the house. */
const common = [
  'password',
  'passw0rd',
  'salasana',
  'losenord',
  'lösenord',
  'kotikaynti',
  'kotikäynti',
  'kotipalvelu',
  'perhetyo',
  'perhetyö',
  'pääkäyttäjä',
  'paakayttaja',
  'administrator',
  'qwerty',
  'asdfgh',
  'letmein',
  'welcome',
  'tervetuloa',
  'iloveyou',
  'suomi',
  'finland',
  'helsinki',
  'jyväskylä',
  'jyvaskyla',
  'hyvinvointialue',
  'trustno1',
  'dragon',
  'monkey',
  'football',
  'abc123',
  '123456',
  '654321'
]

/** What is left of the password when the guessable parts are taken away must still be something. */
const leastRemains = 6

/**
 * NIST SP 800-63B § 3.1.1.2: length is what counts, but not the length of a word that everybody
 * tries, of the user's own name, or of one key held down.
 */
export function isTooCommon(password: string, ownWords: readonly string[]): boolean {
  let rest = password.toLowerCase()
  const own = ownWords.flatMap((words) => words.toLowerCase().split(/[^\p{L}\p{N}]+/u))
  for (const word of [...common, ...own.filter((word) => word.length >= 4)])
    rest = rest.replaceAll(word, '')
  rest = rest.replace(/(19|20)\d\d/g, '').replace(/[\d!?.,_-]+$/, '')
  return rest.length < leastRemains || new Set(rest).size < 4
}
