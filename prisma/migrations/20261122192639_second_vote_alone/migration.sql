-- AlterTable
ALTER TABLE "SecondVoteRule" ADD COLUMN     "aloneAfterHours" INTEGER;