-- AlterTable
ALTER TABLE "Proposal" ADD COLUMN     "basis" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "firstVoteById" INTEGER;