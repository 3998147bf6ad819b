import { config } from 'zod';

// zod would try to compile its parsers at run time; the window's policy refuses that, so it is told not to try.
config({ jitless: true });
