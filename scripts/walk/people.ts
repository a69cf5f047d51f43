import { randomUUID } from 'node:crypto';
import type { Call } from '#contract/client.ts';
import { openSession, requestCode } from '#contract/routes/portal.ts';
import { connectPayments, createShop, getPriceBook, replacePriceBook } from '#contract/routes/shops.ts';
import { callerOf, mailWith, type Instance } from './instance.ts';

/** Calls a public operation of the user pool, as the sign-in page does. */
export async function cognito(
  instance: Instance,
  operation: string,
  input: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const { endpoint, clientId } = instance.config.identity;
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify({ ClientId: clientId, ...input }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(`${String(answer['__type'])}: ${String(answer['message'])}`);
  return answer;
}

export const walkPassword = 'Workshop-2026-Kerf';

/** Signs a person up by mail and password; answers with their identity token. */
export async function signUpPerson(instance: Instance, email: string, name: string): Promise<string> {
  await cognito(instance, 'SignUp', {
    Username: email,
    Password: walkPassword,
    UserAttributes: [
      { Name: 'email', Value: email },
      { Name: 'name', Value: name },
    ],
  });
  const [, code] = await mailWith(instance, email, /confirmation code is (\d{6})/);
  await cognito(instance, 'ConfirmSignUp', { Username: email, ConfirmationCode: code });
  return signInPerson(instance, email);
}

export async function signInPerson(instance: Instance, email: string): Promise<string> {
  const answer = await cognito(instance, 'InitiateAuth', {
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: email, PASSWORD: walkPassword },
  });
  return (answer['AuthenticationResult'] as { IdToken: string }).IdToken;
}

export interface OpenShop {
  shopId: string;
  slug: string;
  ownerEmail: string;
  ownerToken: string;
  owner: Call;
}

/** A person signs up and opens a shop that takes payments. */
export async function openShop(instance: Instance, name: string): Promise<OpenShop> {
  const ownerEmail = `owner-${randomUUID()}@shop.example`;
  return openShopOf(instance, await signUpPerson(instance, ownerEmail, 'Ana Owner'), ownerEmail, name);
}

/** The person behind the token opens a shop that takes payments. */
export async function openShopOf(
  instance: Instance,
  ownerToken: string,
  ownerEmail: string,
  name: string,
): Promise<OpenShop> {
  const person = callerOf(instance, { kind: 'staff', token: ownerToken });
  const shop = await person(createShop, { body: { name, currency: 'USD', timeZone: 'Europe/Berlin' } });
  const owner = callerOf(instance, { kind: 'staff', token: ownerToken, shopId: shop.id });
  await owner(connectPayments, {});
  return { shopId: shop.id, slug: shop.slug, ownerEmail, ownerToken, owner };
}

/** The shop lets its customers order at the price they see. */
export async function allowInstantOrders(owner: Call): Promise<void> {
  const { version, currency: _, ...book } = await owner(getPriceBook, {});
  await owner(replacePriceBook, { body: { ...book, orderMode: 'instant' }, ifMatch: version });
}

export interface SignedInCustomer {
  customerId: string;
  email: string;
  token: string;
  call: Call;
}

/** A customer signs in to a shop's portal with the mailed code. */
export async function signInCustomer(
  instance: Instance,
  slug: string,
  email = `customer-${randomUUID()}@mail.example`,
  name = 'Cleo Customer',
): Promise<SignedInCustomer> {
  const visitor = callerOf(instance, { kind: 'none' });
  await visitor(requestCode, { params: { slug }, body: { email } });
  const [, code] = await mailWith(instance, email, /Your code for .* is (\d{6})/);
  const { token, customerId } = await visitor(openSession, {
    params: { slug },
    body: { email, code: code ?? '', name },
  });
  return { customerId, email, token, call: callerOf(instance, { kind: 'customer', token }) };
}
