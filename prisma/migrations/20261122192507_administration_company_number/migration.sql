-- AlterTable
ALTER TABLE "Administration" ADD COLUMN     "companyNumber" TEXT;