import { ulid } from 'ulid';

const shopId = () => `shop_${ulid().toLowerCase()}`;
const places = 'us-east-1:111122223333';

/** Two shops, and what the stacks call table, bucket and topics in stage `dev`. */
export const namesForTest = {
  own: shopId(),
  other: shopId(),
  tableArn: `arn:aws:dynamodb:${places}:table/kerf-dev`,
  bucketArn: 'arn:aws:s3:::kerf-dev-files-111122223333-us-east-1',
  topicArn: (topic: string) => `arn:aws:iot:${places}:topic/${topic}`,
};
