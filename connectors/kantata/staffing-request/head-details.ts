/** Of a placeholder, besides what it is: its role and skills, who was found for it, and the request that nobody has answered yet. */
export const headDetails = 'external_references,user,role,pending_resource_request,workspace_resource_skills,skills';
