import * as z from 'zod';

export const waiversSchema = () =>
  z.array(
    z.strictObject({
      at: z
        .string()
        .min(1)
        .describe('The field, such as components.web.env.SESSION_KIND; or a file of a System, such as files/nginx.conf'),
      reason: z.string().regex(/\S/, 'must say why this is no secret').describe('Why it is no secret'),
    }),
  );

export type Waivers = z.infer<ReturnType<typeof waiversSchema>>;
