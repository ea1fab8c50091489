import { createTheme, localStorageColorSchemeManager, type MantineColorsTuple } from '@mantine/core';

/** The same key as in public/first.js. */
export const colorScheme = localStorageColorSchemeManager({ key: 'itk-theme' });

/** Names first: `system-ui` draws Latin and Cyrillic of two kinds where the system is poor in fonts. */
const sans = '"Segoe UI", Roboto, "Noto Sans", "Open Sans", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif';
const mono = 'Consolas, "Roboto Mono", "Noto Sans Mono", "DejaVu Sans Mono", monospace';

const small = { defaultProps: { size: 'xs' } };

export const theme = createTheme({
  fontFamily: sans,
  fontFamilyMonospace: mono,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: {
    fontFamily: sans,
    fontWeight: '600',
    sizes: { h1: { fontSize: '20px' }, h2: { fontSize: '15px' }, h3: { fontSize: '14px' } },
  },
  // lighter ones do not stand out enough from the page (WCAG 1.4.3)
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  colors: {
    // bluer than Mantine's own, as the rest of the dark page is
    dark: [
      ...['#d3d8dd', '#a9b1ba', '#868f99', '#616a75', '#464d56', '#383f47', '#23272c', '#1c1f23', '#16181b', '#101215'],
    ] as unknown as MantineColorsTuple,
  },
  defaultRadius: 'sm',
  focusRing: 'auto',
  cursorType: 'pointer',
  components: {
    Button: small,
    ActionIcon: { defaultProps: { size: 'md', variant: 'subtle', color: 'gray' } },
    TextInput: small,
    PasswordInput: small,
    NumberInput: small,
    NativeSelect: small,
    Textarea: small,
    Checkbox: small,
    Switch: small,
    SegmentedControl: small,
    Badge: { defaultProps: { tt: 'none', variant: 'light' } },
    Modal: {
      defaultProps: { centered: false, overlayProps: { backgroundOpacity: 0.4 }, transitionProps: { duration: 0 } },
    },
    Menu: { defaultProps: { transitionProps: { duration: 0 } } },
    Tooltip: {
      defaultProps: {
        transitionProps: { duration: 0 },
        openDelay: 300,
        events: { hover: true, focus: true, touch: true },
      },
    },
  },
});
