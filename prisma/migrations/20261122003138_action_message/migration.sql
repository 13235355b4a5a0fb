-- AlterTable
ALTER TABLE "ProposedAction" ADD COLUMN     "messageId" INTEGER;