import { z } from 'zod';

// zod compiles its checks with `new Function` where it may, and tries it out when a schema is made; the content
// security policy forbids that, rightly, and each try would be reported as a violation.
z.config({ jitless: true });
