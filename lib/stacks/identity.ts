import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  FeaturePlan,
  Mfa,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Alias, Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { operatorGroup } from '#contract/operator.ts';
import type { Settings } from '../settings.ts';

/** Who people are: staff in a user pool, customers by sessions signed with a key that never leaves KMS. */
export class IdentityStack extends Stack {
  readonly userPool: UserPool;
  readonly client: UserPoolClient;
  readonly sessionKey: Key;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const removalPolicy = settings.durable ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    this.userPool = new UserPool(this, 'People', {
      userPoolName: `kerf-${settings.stage}`,
      featurePlan: FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      userVerification: {
        emailSubject: 'Your verification code',
        emailBody: 'Your confirmation code is {####}',
      },
      standardAttributes: {
        email: { required: true, mutable: true },
        fullname: { required: false, mutable: true },
      },
      passwordPolicy: {
        minLength: 10,
        requireUppercase: true,
        requireLowercase: true,
        requireDigits: true,
        requireSymbols: false,
      },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      deletionProtection: settings.durable,
      removalPolicy,
    });
    Validations.of(this.userPool).acknowledge(
      {
        id: 'AwsSolutions-COG1',
        reason: 'Ten characters of three kinds: length serves people better than symbols.',
      },
      {
        id: 'AwsSolutions-COG2',
        reason: 'A second factor is offered to all; shops choose who must have one.',
      },
      { id: 'AwsSolutions-COG8', reason: 'Threat protection of the Plus plan costs per person and month.' },
    );
    new CfnUserPoolGroup(this, 'Operators', {
      userPoolId: this.userPool.userPoolId,
      groupName: operatorGroup,
      description:
        'Runs Kerf itself: sees all shops, works in none. Only administrators of this account add people.',
    });
    this.client = this.userPool.addClient('Pages', {
      generateSecret: false,
      authFlows: { userPassword: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      idTokenValidity: Duration.hours(1),
      accessTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(30),
    });
    this.sessionKey = new Key(this, 'SessionKey', {
      description: 'Signs the sessions of customers and the passes of their browsers',
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy,
    });
    new Alias(this, 'SessionKeyName', {
      aliasName: `alias/kerf-${settings.stage}-session`,
      targetKey: this.sessionKey,
    });
  }
}
