-- AlterTable
ALTER TABLE "Mailbox" ADD COLUMN     "heldSince" TIMESTAMPTZ(3);
