import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import { defineConfig } from 'eslint/config'
import globals from 'globals'
import tseslint from 'typescript-eslint'
import { ladder } from './tools/ladder.js'
import svelteConfig from './svelte.config.js'

/** What knows the environment it runs in: tests, measurements and the tools around the app. */
const around = ['**/*.test.ts', 'tests/**', 'bench/**', 'tools/**', '*.config.{js,ts}']

/**
 * Types of components are told by svelte-check. What ESLint asks of them beside it, of promises above all,
 * takes minutes, since each component is a program of its own: `npm run lint:whole`, and each soak.
 */
const isWhole = process.env['KOTIKAYNTI_LINT'] === 'whole'

export default defineConfig(
  {
    ignores: [
      'build/',
      '.svelte-kit/',
      'node_modules/',
      'data/',
      'keys/',
      'keys-backup/',
      'demo/',
      'static/'
    ]
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },

  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  svelte.configs.recommended,
  // Formatting is Prettier's.
  svelte.configs.prettier,

  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] }
    }
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser, svelteConfig } }
  },

  {
    rules: {
      // TypeScript knows the names better.
      'no-undef': 'off',
      eqeqeq: 'error',
      'no-implicit-coercion': ['error', { boolean: false }],
      'no-eval': 'error',
      'no-implied-eval': 'off', // its type-aware twin is on
      'object-shorthand': 'error',
      // A control character in a pattern is how text is cleaned of control characters.
      'no-control-regex': 'off',

      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true }
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true }
      ],
      // A number in a text reads well and cannot surprise.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => panel.close()` is how an event is written.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }
      ],
      // An event may start what nobody waits for; a condition or a spread of a promise stays an error.
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false, properties: false } }
      ],
      // What is asynchronous on another engine is asynchronous here, though this one answers at once.
      '@typescript-eslint/require-await': 'off',
      // `[...text]` is how code points are counted, which is what a length in a rule means.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // `Promise<void>` and `<T = void>` are how "nothing" is said in a generic signature.
      '@typescript-eslint/no-invalid-void-type': ['error', { allowInGenericTypeArguments: true }],
      // A type parameter named once is how a schema's type is inferred.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // There are no enums to be unsafe with: erasable syntax has none.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      // Runes, no stores.
      'svelte/require-store-reactive-access': 'off',
      // The ladder has one address for each page; there is no base path to resolve.
      'svelte/no-navigation-without-resolve': 'off',
      'svelte/no-at-html-tags': 'error',
      'svelte/block-lang': ['error', { script: 'ts', style: null }],
      'svelte/button-has-type': 'error',
      'svelte/no-target-blank': 'error',
      'svelte/require-event-dispatcher-types': 'off' // callbacks, not dispatchers
    }
  },
  {
    files: ['**/*.svelte'],
    rules: {
      // `let { value = $bindable() } = $props()` is the framework's way to say it.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { excludedRunes: ['$props'] }],
      // The compiler's own types of markup and snippets are wider than what the values are.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // svelte-check reports a component's type errors; seen from ESLint other components are `any`.
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off'
    }
  },

  {
    files: ['**/*.svelte.ts'],
    rules: {
      // A class keeps books that nothing draws; what is drawn is replaced whole, as `$state.raw`.
      'svelte/prefer-svelte-reactivity': 'off'
    }
  },

  isWhole
    ? {}
    : {
        files: ['**/*.svelte'],
        extends: [tseslint.configs.disableTypeChecked],
        languageOptions: { parserOptions: { projectService: false } }
      },

  ladder,

  {
    files: around,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^\\.\\./',
              message: 'Across folders write the alias; inside a folder write ./'
            }
          ]
        }
      ],
      'no-restricted-syntax': 'off',
      'no-restricted-globals': 'off',
      'no-console': 'off',
      // Fixtures are known to hold what the test put there.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // `expect(thing.method)` names the method and does not call it.
      '@typescript-eslint/unbound-method': 'off',
      // A step of a test may wait or not: `() => Promise<void> | void`.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // What a browser or another process hands back is `any` until the assertion looks at it.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off'
    }
  }
)
