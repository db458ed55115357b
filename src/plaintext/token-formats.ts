import { looksRandom } from './randomness.ts';

/** Credentials that tell what they are by their form. */
export interface TokenFormat {
  /** As a message uses it: `this looks like <name>`. */
  readonly name: string;
  readonly pattern: string;
  /** What the form alone does not say. */
  readonly accepts?: (match: string) => boolean;
}

// Wherever a format names a prefix, the rest is shorter than what is issued today: formats grow.
export const tokenFormats: readonly TokenFormat[] = [
  { name: 'an AWS access key', pattern: '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}' },
  { name: 'a key of AWS Bedrock', pattern: 'ABSK[A-Za-z0-9+/]{80,}={0,2}' },
  { name: 'a GitHub token', pattern: 'gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,}' },
  { name: 'a GitLab token', pattern: 'gl(?:pat|dt|rt|rtr|cbt|ptt|ft|soat|imt|agent|oas|ffct)-[A-Za-z0-9_.-]{20,}' },
  { name: 'a Slack token', pattern: 'xox[abceoprs](?:\\.xox[bp])?-[A-Za-z0-9-]{10,}|xapp-[0-9]-[A-Za-z0-9-]{20,}' },
  { name: 'a Slack webhook', pattern: 'hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_+-]{20,}' },
  { name: 'a Discord webhook', pattern: 'discord(?:app)?\\.com/api/webhooks/[0-9]+/[A-Za-z0-9_-]{30,}' },
  { name: 'a Microsoft Teams webhook', pattern: '[a-z0-9-]{1,64}\\.webhook\\.office\\.com/webhookb2/[A-Za-z0-9@/-]{40,}' },
  { name: 'a Telegram bot token', pattern: '[0-9]{8,10}:AA[A-Za-z0-9_-]{32,}' },
  { name: 'a Stripe key', pattern: '[sr]k_(?:live|test)_[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9+/=]{24,}' },
  { name: 'a Square token', pattern: 'sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{22,}|EAAA[A-Za-z0-9_-]{60}' },
  { name: 'a Shopify token', pattern: 'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}' },
  { name: 'a Google API key', pattern: 'AIza[0-9A-Za-z_-]{35}' },
  { name: 'a Google OAuth secret', pattern: 'GOCSPX-[A-Za-z0-9_-]{20,}|ya29\\.[A-Za-z0-9_-]{20,}|1//0[A-Za-z0-9_-]{30,}' },
  { name: 'a JSON Web Token', pattern: 'eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}' },
  { name: 'an npm token', pattern: 'npm_[A-Za-z0-9]{36}' },
  { name: 'a PyPI token', pattern: 'pypi-[A-Za-z0-9_-]{50,}' },
  { name: 'a RubyGems key', pattern: 'rubygems_[0-9a-f]{48}' },
  { name: 'a crates.io token', pattern: 'cio[A-Za-z0-9]{32}' },
  { name: 'a NuGet key', pattern: 'oy2[a-z0-9]{43}' },
  { name: 'a Docker Hub token', pattern: 'dckr_(?:pat|oat)_[A-Za-z0-9_-]{27,}' },
  { name: 'a SendGrid key', pattern: 'SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}' },
  { name: 'a Twilio key', pattern: 'SK[0-9a-f]{32}' },
  { name: 'a Mailgun key', pattern: 'key-[0-9a-f]{32}' },
  { name: 'a Mailchimp key', pattern: '[0-9a-f]{32}-us[0-9]{1,2}' },
  { name: 'a key of an Azure storage account', pattern: 'AccountKey=[A-Za-z0-9+/]{40,}={0,2}' },
  { name: 'an Azure shared access key', pattern: 'SharedAccessKey=[A-Za-z0-9+/]{40,}={0,2}|[?&]sig=[A-Za-z0-9%+/]{40,}' },
  { name: 'an Azure client secret', pattern: '[A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}' },
  { name: 'a DigitalOcean token', pattern: 'do[opr]_v1_[0-9a-f]{64}' },
  { name: 'a Hugging Face token', pattern: 'hf_[A-Za-z0-9]{30,}' },
  { name: 'an Anthropic key', pattern: 'sk-ant-[A-Za-z0-9_-]{20,}' },
  { name: 'an OpenRouter key', pattern: 'sk-or-v1-[0-9a-f]{40,}' },
  { name: 'an OpenAI key', pattern: 'sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{20,}|sk-[A-Za-z0-9]{32,}' },
  { name: 'a Replicate token', pattern: 'r8_[A-Za-z0-9]{37}' },
  { name: 'a Vault token', pattern: 'hv[sbr]\\.[A-Za-z0-9_-]{24,}' },
  { name: 'a Terraform Cloud token', pattern: '[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_-]{60,}' },
  { name: 'a Pulumi token', pattern: 'pul-[0-9a-f]{40}' },
  { name: 'a Doppler token', pattern: 'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[A-Za-z0-9._-]{40,}' },
  { name: 'a 1Password token', pattern: 'ops_eyJ[A-Za-z0-9+/=_-]{40,}' },
  { name: 'an age key', pattern: 'AGE-SECRET-KEY-1[0-9A-Z]{50,}' },
  { name: 'an Atlassian token', pattern: 'AT(?:ATT|CTT)3[A-Za-z0-9_=-]{50,}|ATBB[A-Za-z0-9_=.-]{32,}' },
  { name: 'a Databricks token', pattern: 'dapi[0-9a-f]{32}(?:-[0-9])?' },
  { name: 'a Grafana token', pattern: 'glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}|glc_[A-Za-z0-9+/=]{32,}|eyJrIjoi[A-Za-z0-9+/=]{40,}' },
  { name: 'a Datadog key', pattern: 'dd(?:api|app|pat)_[A-Za-z0-9]{30,}' },
  { name: 'a New Relic key', pattern: 'NRAK-[A-Z0-9]{27}|NRII-[A-Za-z0-9_-]{32}|[0-9a-f]{36}NRAL' },
  { name: 'a Sentry token', pattern: 'sntrys_eyJ[A-Za-z0-9+/=_-]{40,}|sntryu_[0-9a-f]{64}' },
  { name: 'a Dynatrace token', pattern: 'dt0[a-z]01\\.[A-Z0-9]{24}\\.[A-Z0-9]{64}' },
  { name: 'a Linear key', pattern: 'lin_(?:api|oauth)_[A-Za-z0-9]{32,}' },
  { name: 'a Notion token', pattern: 'ntn_[A-Za-z0-9]{40,}|secret_[A-Za-z0-9]{43}' },
  { name: 'a Postman key', pattern: 'PMAK-[0-9a-f]{24}-[0-9a-f]{34}' },
  { name: 'a PlanetScale credential', pattern: 'pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{32,}' },
  { name: 'a Supabase key', pattern: 'sb(?:p|_secret)_[A-Za-z0-9_-]{24,}' },
  { name: 'a Tailscale key', pattern: 'tskey-[a-z]+-[A-Za-z0-9-]{20,}' },
  { name: 'a Cloudflare key', pattern: 'v1\\.0-[0-9a-f]{24}-[0-9a-f]{100,}' },
  { name: 'a Heroku key', pattern: 'HRKU-[A-Za-z0-9_-]{36,}' },
  {
    name: 'the login of an HTTP header',
    pattern: '[Bb]asic[ ]+[A-Za-z0-9+/]{6,}={0,2}',
    accepts: (match) => /^[\x20-\x7e]+:[\x20-\x7e]+$/.test(decodeBase64(match.replace(/^\w+ +/, ''))),
  },
  {
    name: 'a bearer token',
    pattern: '[Bb]earer[ ]+[A-Za-z0-9+/._~-]{20,}={0,2}',
    accepts: (match) => looksRandom(match.replace(/^\w+ +/, ''), 20),
  },
  {
    name: 'the login of a registry',
    pattern: '"auth"\\s*:\\s*"[A-Za-z0-9+/]{6,}={0,2}"',
    accepts: (match) => decodeBase64(match.replace(/^"auth"\s*:\s*"|"$/g, '')).includes(':'),
  },
];

export function decodeBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('latin1');
}
