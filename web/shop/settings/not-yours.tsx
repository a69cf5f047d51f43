import { Text } from '@mantine/core';

export const NotYours = () => (
  <div className="card">
    <Text>The owner and the admins of the shop set this up.</Text>
  </div>
);
