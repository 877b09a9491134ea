"""What we wrote for members: companies, questions, skills, the playbook."""
